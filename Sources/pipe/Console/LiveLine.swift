/// The line at the bottom of a terminal that says how far things are and makes way for others.
///
/// Its owner guards it by a lock of its own.
struct LiveLine {
  private var isShown = false
  private var refreshing: Task<Void, Never>?

  /// Calls `refresh` ten times a second until ``end()``.
  mutating func begin(refresh: @escaping @Sendable () -> Void) {
    refreshing = Task {
      while !Task.isCancelled {
        try? await Task.sleep(for: .milliseconds(100))
        refresh()
      }
    }
  }

  mutating func show(_ text: String) {
    Terminal.write("\r\u{1B}[K" + text, to: 2)
    isShown = true
  }

  mutating func clear() {
    guard isShown else { return }
    Terminal.write("\r\u{1B}[K", to: 2)
    isShown = false
  }

  mutating func end() {
    refreshing?.cancel()
    clear()
  }
}
