import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a program prints, in a file that does not grow for ever.
///
/// The program writes to the file itself. When it has written much, the middle is dropped: the beginning
/// says what was started, the end says how it went.
package final class OutputLog: Sendable {
  /// How much is kept, in bytes.
  package struct Limits: Sendable {
    package var head = 8 << 20
    package var tail = 8 << 20
    /// The file is cut back when it is longer than this.
    package var file = 64 << 20

    package init() {}
  }

  let path: String
  let limits: Limits
  private let file: Descriptor
  private let middle = Mutex(Middle())

  /// What has been taken out of the file behind its head.
  private struct Middle: Sendable {
    var tail: [UInt8] = []
    var droppedCount = 0
  }

  /// Begins an empty log in a new file at an absolute path.
  package convenience init(at path: String, limits: Limits = Limits()) throws(WorkspaceError) {
    let flags = O_RDWR | O_CREAT | O_EXCL | O_APPEND
    try self.init(
      at: path, over: SpareFile(file: Descriptor(path, flags, mode: 0o666), size: 0),
      limits: limits)
  }

  /// Begins an empty log in a file that is open for reading and appending.
  init(
    at path: String, over spare: consuming SpareFile, limits: Limits = Limits()
  ) throws(WorkspaceError) {
    self.path = path
    self.limits = limits
    file = try spare.emptied(shown: path)
  }

  /// For the program's standard output and error.
  package var descriptor: Int32 { file.number }

  /// Cuts the file back if it has grown too long; what is printed in that very moment may be lost.
  package func trim() throws(WorkspaceError) {
    let size = try FileStatus.of(file, shown: path).size
    guard size > limits.file else { return }
    let tail = try read(from: max(limits.head, size - limits.tail), count: limits.tail)
    if ftruncate(file.number, off_t(limits.head)) != 0 { throw .system("shorten", path) }
    middle.withLock {
      $0.droppedCount += $0.tail.count + size - limits.head - tail.count
      $0.tail = tail
    }
  }

  /// Everything that was printed, or its beginning and end with a notice between them.
  package func contents() throws(WorkspaceError) -> [UInt8] {
    let middle = middle.withLock { $0 }
    let size = try FileStatus.of(file, shown: path).size
    if middle.droppedCount == 0, middle.tail.isEmpty, size <= limits.head + limits.tail {
      return try read(from: 0, count: size)
    }
    let head = try read(from: 0, count: min(size, limits.head))
    let end = max(head.count, size - limits.tail)
    let recent = try read(from: end, count: limits.tail)
    let tail = middle.tail.suffix(limits.tail - recent.count) + recent
    let total = middle.droppedCount + middle.tail.count + size
    let notice = "\n[… \(total - head.count - tail.count) bytes left out …]\n"
    return head + Array(notice.utf8) + tail
  }

  private func read(from offset: Int, count: Int) throws(WorkspaceError) -> [UInt8] {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, done in
      while done < count {
        let rest = UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[done...])
        let more = pread(file.number, rest.baseAddress, rest.count, off_t(offset + done))
        if more < 0 && errno == EINTR { continue }
        if more < 0 { failure = errno }
        if more <= 0 { return }
        done += more
      }
    }
    if failure != 0 { throw .io(operation: "read", path: path, code: failure) }
    return bytes
  }
}
