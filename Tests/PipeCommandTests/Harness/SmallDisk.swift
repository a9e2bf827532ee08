import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file system in memory that is mounted where a test wants it, so that it can be filled.
struct SmallDisk {
  static let reason: Comment =
    "only root can mount a small disk (Linux), and not in every container"

  /// Whether mounting works here: tried once.
  static let isPossible: Bool = {
    #if os(Linux)
      let folder = NSTemporaryDirectory() + "pipe-test-mount-" + UUID().uuidString
      try? FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
      defer { rmdir(folder) }
      guard getuid() == 0, mount("tmpfs", folder, "tmpfs", 0, "size=1m") == 0 else { return false }
      return umount2(folder, Int32(MNT_DETACH)) == 0
    #else
      return false
    #endif
  }()

  let path: String

  /// Runs `body` with a small disk at `path`, a folder that is made, and takes it away again.
  static func mounted(
    at path: String, megabytes: Int, _ body: (SmallDisk) async throws -> Void
  ) async throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let disk = SmallDisk(path: path)
    try disk.change(options: "size=\(megabytes)m", flags: 0)
    defer { disk.unmount() }
    try await body(disk)
  }

  /// Leaves no room.
  func fill() throws {
    _ = FileManager.default.createFile(atPath: ballast, contents: nil)
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: ballast))
    defer { try? handle.close() }
    for size in [1 << 20, 1 << 12] {
      let bytes = Data(repeating: 1, count: size)
      while (try? handle.write(contentsOf: bytes)) != nil {}
    }
  }

  func empty() throws { try FileManager.default.removeItem(atPath: ballast) }

  func resize(megabytes: Int) throws {
    try change(options: "size=\(megabytes)m", flags: Self.remount)
  }

  func makeReadOnly() throws { try change(options: "", flags: Self.remount | 1) }

  func makeWritable() throws { try change(options: "", flags: Self.remount) }

  private var ballast: String { path + "/ballast" }

  /// `MS_REMOUNT`; 1 is `MS_RDONLY`.
  private static let remount: UInt = 32

  private func change(options: String, flags: UInt) throws {
    #if os(Linux)
      guard mount("tmpfs", path, "tmpfs", flags, options) == 0 else {
        throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
      }
    #endif
  }

  private func unmount() {
    #if os(Linux)
      _ = umount2(path, Int32(MNT_DETACH))
    #endif
  }
}
