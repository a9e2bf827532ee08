import Synchronization

/// Says to the tasks that wait for other runs whether what they wait for will still be used.
final class WaitingSwitch: Sendable {
  private let ended = Atomic(false)

  var isWorthwhile: Bool { !ended.load(ordering: .relaxed) }

  /// A run that stops after a failure waits for nobody.
  func end() {
    ended.store(true, ordering: .relaxed)
  }
}
