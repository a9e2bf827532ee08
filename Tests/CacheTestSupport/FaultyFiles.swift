package import ArtifactCache
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The system's files, of which one operation fails.
package final class FaultyFiles: FileOperations {
  package enum Fault: Sendable, CaseIterable {
    case inputOutput
    case noSpace
    case notPermitted
    case readOnly
    /// Half of a write goes through, and the next one fails for want of space; otherwise as `noSpace`.
    case shortWrite
    /// As if the process died: half of a write goes through, everything else fails for ever, and what
    /// it had open is closed, so that its locks are free.
    ///
    /// Keep what uses the files alive while you look at what a dead process would have left: on its way
    /// out a cache would tidy up.
    case death

    fileprivate var error: (String) -> CacheError {
      switch self {
      case .inputOutput, .death: { .io(operation: "test", path: $0, errno: 5) }
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
  private let descriptors = Mutex<Set<Int32>>([])

  /// Fails operation number `position`, counted from 0.
  package init(_ fault: Fault, at position: Int, lasts: Bool) {
    self.fault = fault
    self.position = position
    self.lasts = lasts || fault == .death
  }

  /// Fails nothing.
  package static var none: FaultyFiles { FaultyFiles(.inputOutput, at: .max, lasts: false) }

  /// How many operations there have been.
  package var count: Int { done.load(ordering: .relaxed) }

  /// Whether the operation that fails has been reached.
  package var hasFailed: Bool { count > position }

  package var isDead: Bool { fault == .death && hasFailed }

  private func isDue() -> Bool {
    let number = done.wrappingAdd(1, ordering: .relaxed).oldValue
    if fault == .death, number == position { die() }
    return lasts ? number >= position : number == position
  }

  /// Closes what is open, but keeps the numbers: another file that got one would be taken for the old.
  private func die() {
    guard let nothing = try? system.open("/dev/null", flags: O_RDWR, mode: 0) else { return }
    descriptors.withLock { descriptors in
      for descriptor in descriptors {
        dup2(nothing, descriptor)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      }
    }
    system.close(nothing)
  }

  private func step(_ path: String) throws(CacheError) {
    if isDue() { throw fault.error(path) }
  }

  package func open(_ path: String, flags: Int32, mode: UInt32) throws(CacheError) -> Int32 {
    try step(path)
    let descriptor = try system.open(path, flags: flags, mode: mode)
    descriptors.withLock { _ = $0.insert(descriptor) }
    return descriptor
  }

  package func close(_ descriptor: Int32) {
    descriptors.withLock { _ = $0.remove(descriptor) }
    system.close(descriptor)
  }

  package func read(
    _ descriptor: Int32, _ path: String, into buffer: UnsafeMutableRawBufferPointer, at offset: Int
  ) throws(CacheError) -> Int {
    try step(path)
    return try system.read(descriptor, path, into: buffer, at: offset)
  }

  package func write(
    _ descriptor: Int32, _ path: String, _ buffer: UnsafeRawBufferPointer, at offset: Int?
  ) throws(CacheError) -> Int {
    let half = UnsafeRawBufferPointer(rebasing: buffer[..<(buffer.count / 2)])
    if fault == .death, count == position {
      _ = try system.write(descriptor, path, half, at: offset)
    }
    if isDue() {
      if fault == .shortWrite, buffer.count > 1 {
        return try system.write(descriptor, path, half, at: offset)
      }
      throw fault.error(path)
    }
    return try system.write(descriptor, path, buffer, at: offset)
  }

  package func truncate(_ descriptor: Int32, _ path: String, to size: Int) throws(CacheError) {
    try step(path)
    try system.truncate(descriptor, path, to: size)
  }

  package func status(_ descriptor: Int32, _ path: String) throws(CacheError) -> FileStatus {
    try step(path)
    return try system.status(descriptor, path)
  }

  package func status(at path: String) throws(CacheError) -> FileStatus? {
    try step(path)
    return try system.status(at: path)
  }

  package func rename(_ source: String, to destination: String) throws(CacheError) {
    try step(destination)
    try system.rename(source, to: destination)
  }

  package func remove(_ path: String) throws(CacheError) {
    try step(path)
    try system.remove(path)
  }

  package func removeFolder(_ path: String) throws(CacheError) {
    try step(path)
    try system.removeFolder(path)
  }

  package func makeFolder(_ path: String) throws(CacheError) {
    try step(path)
    try system.makeFolder(path)
  }

  package func list(_ path: String) throws(CacheError) -> [String] {
    try step(path)
    return try system.list(path)
  }

  /// Only counts: tests do not cut the power.
  package func synchronize(_ descriptor: Int32, _ path: String) throws(CacheError) {
    try step(path)
  }
}
