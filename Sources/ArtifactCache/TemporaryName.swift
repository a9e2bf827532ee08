import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The name of a file that is being written: `<host>-<process>-<number>`, so that those which a dead
/// process left behind can be told from those of a living one, and all of them from other people's files.
struct TemporaryName {
  private static let counter = Atomic<Int>(0)
  private static let prefix = "\(Host.digits)-\(getpid())-"
  /// What is longer ago than this is not the work of the process that the name means.
  private static let patience = 3600.0

  static func next() -> String {
    prefix + String(counter.wrappingAdd(1, ordering: .relaxed).newValue)
  }

  private let host: String
  private let process: pid_t

  /// Nil for a name that no pipe gave.
  init?(_ name: some StringProtocol) {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.count == 8, parts[0].allSatisfy(Self.isHexDigit),
      parts[1].allSatisfy(Self.isDigit), let process = pid_t(parts[1]), process > 0,
      !parts[2].isEmpty, parts[2].allSatisfy(Self.isDigit)
    else { return nil }
    host = String(parts[0])
    self.process = process
  }

  /// Whether whoever wrote the file, last at `modified`, is gone.
  ///
  /// On this host a process keeps its files however long it sleeps; one that began long after the file
  /// was written has only got the same number. Where the system does not say when it began a day is long
  /// enough. Of other hosts nothing is known but the file's age.
  func isAbandoned(modified: Double, now: Double) -> Bool {
    guard host == Host.digits else { return modified < now - Self.patience }
    guard let living = LivingProcess(process) else { return true }
    guard let began = living.began else { return modified < now - 24 * Self.patience }
    return modified < began - Self.patience
  }

  private static func isDigit(_ character: Character) -> Bool { "0"..."9" ~= character }

  private static func isHexDigit(_ character: Character) -> Bool {
    isDigit(character) || "a"..."f" ~= character
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
