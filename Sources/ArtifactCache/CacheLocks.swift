import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The locks of one store, all on its file `locks`.
///
/// Byte 0 says who uses the store: everyone who has it open holds it shared; what moves records or
/// objects away (gc, repair, setting an index aside) needs it alone. Byte 1 is held while the index is
/// opened. A key's byte is named by the key. None outlives its process, so there is nothing to unlock
/// after a crash.
final class CacheLocks: Sendable {
  private static let usePosition = 0
  private static let indexPosition = 1
  private let locks: RangeLocks
  private let root: String
  /// Exclusive uses within each other.
  private let depth = Atomic<Int>(0)

  /// Takes the shared lock; waits a moment for a short exclusive use to end.
  ///
  /// Throws ``CacheError/inExclusiveUse(path:by:)``.
  init(layout: StoreLayout, files: any FileOperations) throws(CacheError) {
    root = layout.root
    locks = RangeLocks(try OpenFile.updating(layout.locks, files))
    try Self.share(locks, root)
  }

  /// The shared lock alone, taken in the same way, for who only reads; nil where no store is.
  static func forReading(
    _ layout: StoreLayout, _ files: any FileOperations
  ) throws(CacheError) -> RangeLocks? {
    guard let file = try OpenFile.readingIfPresent(layout.locks, files) else { return nil }
    let locks = RangeLocks(file)
    try share(locks, layout.root)
    return locks
  }

  private static func share(_ locks: RangeLocks, _ root: String) throws(CacheError) {
    for attempt in 0..<40 {
      if try locks.trySwitch(usePosition, to: .shared) { return }
      usleep(attempt < 10 ? 5_000 : 30_000)
    }
    throw .inExclusiveUse(path: root, by: ExclusiveUse(text: (try? locks.text()) ?? ""))
  }

  /// Whether anybody else has the store open now.
  func isShared() throws(CacheError) -> Bool {
    try locks.isHeldElsewhere(Self.usePosition)
  }

  /// Runs `body` with the store to itself; throws ``CacheError/inUse(path:)`` when others have it open.
  func exclusively<Result>(
    for purpose: String, _ body: () throws(CacheError) -> Result
  ) throws(CacheError) -> Result {
    guard try locks.trySwitch(Self.usePosition, to: .exclusive) else { throw .inUse(path: root) }
    let isOutermost = depth.wrappingAdd(1, ordering: .relaxed).oldValue == 0
    defer {
      depth.wrappingSubtract(1, ordering: .relaxed)
      if isOutermost { endExclusive() }
    }
    if isOutermost {
      try? locks.write(ExclusiveUse(process: getpid(), host: Host.name, purpose: purpose).text)
    }
    return try body()
  }

  private func endExclusive() {
    try? locks.write("")
    _ = try? locks.trySwitch(Self.usePosition, to: .shared)
  }

  /// Runs `body` while nobody else opens the index: SQLite lets one of two processes that make a
  /// database at once fail, however long it may wait.
  ///
  /// Goes ahead after about ten seconds: whoever has the lock then is stuck.
  func openingIndex<Result>(
    _ body: () throws(IndexFailure) -> Result
  ) throws(IndexFailure) -> Result {
    let isHeld =
      (try? RangeLocks.patiently { (try? locks.tryHold(Self.indexPosition)) ?? false }) ?? false
    defer { if isHeld { locks.release(Self.indexPosition) } }
    return try body()
  }

  func tryLock(_ key: Digest) throws(CacheError) -> KeyLock? {
    let position = Self.position(of: key)
    return try locks.tryHold(position) ? KeyLock(locks, position) : nil
  }

  /// Positive, below 2⁶² and beyond the first bytes: two keys share one only by a chance of 2⁻⁶².
  private static func position(of key: Digest) -> Int {
    Int(key.words.0 >> 2) | 4096
  }
}

extension ExclusiveUse {
  /// What the holder writes into `locks`.
  var text: String { "\(process) \(host) \(purpose)\n" }

  init?(text: String) {
    let parts = text.split(separator: "\n").first?.split(separator: " ", maxSplits: 2) ?? []
    guard parts.count == 3, let process = Int32(parts[0]) else { return nil }
    self.init(process: process, host: String(parts[1]), purpose: String(parts[2]))
  }
}
