import ArtifactCache
import Synchronization

/// The system's files, of which one operation fails.
final class FaultyFiles: FileOperations {
  enum Fault: Sendable, CaseIterable {
    case inputOutput
    case noSpace
    case notPermitted
    case readOnly
    /// Half of a write goes through, and the next one fails for want of space; otherwise as `noSpace`.
    case shortWrite

    var error: (String) -> CacheError {
      switch self {
      case .inputOutput: { .io(operation: "test", path: $0, errno: 5) }
      case .noSpace, .shortWrite: { .noSpace(path: $0) }
      case .notPermitted: { .notPermitted(path: $0) }
      case .readOnly: { .readOnly(path: $0) }
      }
    }
  }

  private let system = SystemFiles()
  private let fault: Fault
  private let position: Int
  /// Whether everything from the fault on fails, as on a full disk, and not that one operation alone.
  private let lasts: Bool
  private let done = Atomic<Int>(0)

  /// Fails operation number `position`, counted from 0.
  init(_ fault: Fault, at position: Int, lasts: Bool) {
    self.fault = fault
    self.position = position
    self.lasts = lasts
  }

  /// Fails nothing.
  static var none: FaultyFiles { FaultyFiles(.inputOutput, at: .max, lasts: false) }

  /// How many operations there have been.
  var count: Int { done.load(ordering: .relaxed) }

  private func isDue() -> Bool {
    let number = done.wrappingAdd(1, ordering: .relaxed).oldValue
    return lasts ? number >= position : number == position
  }

  private func step(_ path: String) throws(CacheError) {
    if isDue() { throw fault.error(path) }
  }

  func open(_ path: String, flags: Int32, mode: UInt32) throws(CacheError) -> Int32 {
    try step(path)
    return try system.open(path, flags: flags, mode: mode)
  }

  func close(_ descriptor: Int32) {
    system.close(descriptor)
  }

  func read(
    _ descriptor: Int32, _ path: String, into buffer: UnsafeMutableRawBufferPointer, at offset: Int
  ) throws(CacheError) -> Int {
    try step(path)
    return try system.read(descriptor, path, into: buffer, at: offset)
  }

  func write(
    _ descriptor: Int32, _ path: String, _ buffer: UnsafeRawBufferPointer, at offset: Int?
  ) throws(CacheError) -> Int {
    if isDue() {
      if fault == .shortWrite, buffer.count > 1 {
        let half = UnsafeRawBufferPointer(rebasing: buffer[..<(buffer.count / 2)])
        return try system.write(descriptor, path, half, at: offset)
      }
      throw fault.error(path)
    }
    return try system.write(descriptor, path, buffer, at: offset)
  }

  func truncate(_ descriptor: Int32, _ path: String, to size: Int) throws(CacheError) {
    try step(path)
    try system.truncate(descriptor, path, to: size)
  }

  func status(_ descriptor: Int32, _ path: String) throws(CacheError) -> FileStatus {
    try step(path)
    return try system.status(descriptor, path)
  }

  func status(at path: String) throws(CacheError) -> FileStatus? {
    try step(path)
    return try system.status(at: path)
  }

  func rename(_ source: String, to destination: String) throws(CacheError) {
    try step(destination)
    try system.rename(source, to: destination)
  }

  func remove(_ path: String) throws(CacheError) {
    try step(path)
    try system.remove(path)
  }

  func makeFolder(_ path: String) throws(CacheError) {
    try step(path)
    try system.makeFolder(path)
  }

  func list(_ path: String) throws(CacheError) -> [String] {
    try step(path)
    return try system.list(path)
  }

  /// Only counts: tests do not cut the power.
  func synchronize(_ descriptor: Int32, _ path: String) throws(CacheError) {
    try step(path)
  }
}
