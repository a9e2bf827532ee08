import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Byte-range locks on one file that the kernel releases when their holder dies.
///
/// They belong to the open file description, which children do not inherit (O_CLOEXEC). The kernel lets
/// one description lock a range twice, so a table keeps holders within the process apart.
final class RangeLocks: Sendable {
  enum Mode {
    case shared
    case exclusive
  }

  private let file: OpenFile
  private let held = Mutex<Set<Int>>([])

  init(_ file: consuming OpenFile) {
    self.file = file
  }

  var path: String { file.path }

  /// Locks the byte at `position` for one holder, if nobody has it.
  func tryHold(_ position: Int) throws(CacheError) -> Bool {
    guard held.withLock({ $0.insert(position).inserted }) else { return false }
    do throws(CacheError) {
      if try setLock(Int16(F_WRLCK), at: position) { return true }
    } catch {
      forget(position)
      throw error
    }
    forget(position)
    return false
  }

  func release(_ position: Int) {
    _ = try? setLock(Int16(F_UNLCK), at: position)
    forget(position)
  }

  /// Locks a byte for the whole process; replaces the lock that the process has on it.
  func trySwitch(_ position: Int, to mode: Mode) throws(CacheError) -> Bool {
    try setLock(Int16(mode == .shared ? F_RDLCK : F_WRLCK), at: position)
  }

  /// Whether another open file description has a lock of any mode on a byte.
  func isHeldElsewhere(_ position: Int) throws(CacheError) -> Bool {
    var request = Self.request(Int16(F_WRLCK), at: position)
    while fcntl(file.descriptor, Self.getOpenFileLock, &request) != 0 {
      if errno != EINTR { throw .system("lock", file.path, errno) }
    }
    return request.l_type != Int16(F_UNLCK)
  }

  /// Waits, for at most about ten seconds, until nobody else has byte 0.
  ///
  /// For short work only.
  func waitForExclusive() throws(CacheError) {
    let isLocked = try Self.patiently { () throws(CacheError) in
      try setLock(Int16(F_WRLCK), at: 0)
    }
    if !isLocked { throw .inExclusiveUse(path: file.path, by: nil) }
  }

  /// Asks again and again, for at most about ten seconds, until the answer is yes; gives the last one.
  static func patiently(
    _ question: () throws(CacheError) -> Bool
  ) throws(CacheError) -> Bool {
    for attempt in 0..<400 {
      if try question() { return true }
      usleep(attempt < 20 ? 500 : 25_000)
    }
    return false
  }

  func endExclusive() {
    _ = try? setLock(Int16(F_UNLCK), at: 0)
  }

  private func forget(_ position: Int) {
    _ = held.withLock { $0.remove(position) }
  }

  private func setLock(_ type: Int16, at position: Int) throws(CacheError) -> Bool {
    var request = Self.request(type, at: position)
    while true {
      if fcntl(file.descriptor, Self.setOpenFileLock, &request) == 0 { return true }
      switch errno {
      case EINTR: continue
      case EAGAIN, EACCES: return false
      default: throw .system("lock", file.path, errno)
      }
    }
  }

  private static func request(_ type: Int16, at position: Int) -> flock {
    var request = flock()
    request.l_type = type
    request.l_whence = Int16(SEEK_SET)
    request.l_start = off_t(position)
    request.l_len = 1
    return request
  }

  /// F_OFD_GETLK, which Swift's module of the C library leaves out.
  private static var getOpenFileLock: Int32 {
    #if os(Linux)
      36
    #else
      92
    #endif
  }

  /// F_OFD_SETLK, which Swift's module of the C library leaves out.
  private static var setOpenFileLock: Int32 {
    #if os(Linux)
      37
    #else
      90
    #endif
  }
}

// MARK: - What the file says of an exclusive holder

extension RangeLocks {
  func write(_ text: String) throws(CacheError) {
    try file.truncate(to: 0)
    try file.files.writeAll(Array(text.utf8)[...], to: file.descriptor, file.path, at: 0)
  }

  func text() throws(CacheError) -> String {
    String(decoding: try file.read(1024, at: 0), as: UTF8.self)
  }
}
