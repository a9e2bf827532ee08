package import ArtifactCache
import Synchronization

/// The system's files; something is done before each operation, as if another process did it just then.
package final class WatchedFiles: FileOperations {
  private let system = SystemFiles()
  private let before: @Sendable (_ number: Int, _ path: String) -> Void
  private let done = Atomic<Int>(0)

  /// `before` is told how many operations there have been, and the path of the next.
  package init(before: @escaping @Sendable (_ number: Int, _ path: String) -> Void) {
    self.before = before
  }

  /// How many operations there have been.
  package var count: Int { done.load(ordering: .relaxed) }

  private func step(_ path: String) {
    before(done.wrappingAdd(1, ordering: .relaxed).oldValue, path)
  }

  package func open(_ path: String, flags: Int32, mode: UInt32) throws(CacheError) -> Int32 {
    step(path)
    return try system.open(path, flags: flags, mode: mode)
  }

  package func close(_ descriptor: Int32) { system.close(descriptor) }

  package func read(
    _ descriptor: Int32, _ path: String, into buffer: UnsafeMutableRawBufferPointer, at offset: Int
  ) throws(CacheError) -> Int {
    step(path)
    return try system.read(descriptor, path, into: buffer, at: offset)
  }

  package func write(
    _ descriptor: Int32, _ path: String, _ buffer: UnsafeRawBufferPointer, at offset: Int?
  ) throws(CacheError) -> Int {
    step(path)
    return try system.write(descriptor, path, buffer, at: offset)
  }

  package func truncate(_ descriptor: Int32, _ path: String, to size: Int) throws(CacheError) {
    step(path)
    try system.truncate(descriptor, path, to: size)
  }

  package func status(_ descriptor: Int32, _ path: String) throws(CacheError) -> FileStatus {
    step(path)
    return try system.status(descriptor, path)
  }

  package func status(at path: String) throws(CacheError) -> FileStatus? {
    step(path)
    return try system.status(at: path)
  }

  package func rename(_ source: String, to destination: String) throws(CacheError) {
    step(destination)
    try system.rename(source, to: destination)
  }

  package func remove(_ path: String) throws(CacheError) {
    step(path)
    try system.remove(path)
  }

  package func removeFolder(_ path: String) throws(CacheError) {
    step(path)
    try system.removeFolder(path)
  }

  package func makeFolder(_ path: String) throws(CacheError) {
    step(path)
    try system.makeFolder(path)
  }

  package func list(_ path: String) throws(CacheError) -> [String] {
    step(path)
    return try system.list(path)
  }

  package func synchronize(_ descriptor: Int32, _ path: String) throws(CacheError) {
    step(path)
    try system.synchronize(descriptor, path)
  }
}
