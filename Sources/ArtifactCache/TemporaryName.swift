import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Names of files that are being written: `<host>-<process>-<number>`, so that those which a dead
/// process left behind can be told from those of a living one.
enum TemporaryName {
  private static let counter = Atomic<Int>(0)
  private static let prefix = "\(Host.digits)-\(getpid())-"
  /// Nothing writes for so long without a change of the file's modification time.
  private static let patience = 3600.0

  static func next() -> String {
    prefix + String(counter.wrappingAdd(1, ordering: .relaxed).newValue)
  }

  /// Whether whoever wrote the file is gone: its process has ended on this host, or nothing has been
  /// written for an hour.
  static func isAbandoned(_ name: String, modified: Double, now: Double) -> Bool {
    if modified < now - patience { return true }
    let parts = name.split(separator: "-")
    guard parts.count == 3, parts[0] == Host.digits, let process = pid_t(parts[1]) else {
      return false
    }
    return kill(process, 0) != 0 && errno == ESRCH
  }
}

/// This machine, as far as names of files are concerned.
enum Host {
  static let name: String = {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "unknown" }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }()

  /// Eight digits that stand for the name.
  static let digits = Digest.of(name).short
}
