import Foundation

/// Lets only a few tests run programs at once, whatever the number of tests that want to.
actor Gate {
  static let shared = Gate(places: max(4, ProcessInfo.processInfo.activeProcessorCount))

  private var places: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(places: Int) { self.places = places }

  func enter() async {
    if places > 0 {
      places -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  func leave() {
    if waiting.isEmpty { places += 1 } else { waiting.removeFirst().resume() }
  }
}
