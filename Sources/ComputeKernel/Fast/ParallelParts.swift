import Dispatch
import Synchronization

/// Runs independent parts on several cores and gives their results in the order of the parts.
enum ParallelParts {
  static func map<Result: Sendable>(
    _ parts: [Range<Int>], _ body: @Sendable (Range<Int>) -> Result
  ) -> [Result] {
    guard parts.count > 1 else { return parts.map(body) }
    let results = Mutex([Result?](repeating: nil, count: parts.count))
    DispatchQueue.concurrentPerform(iterations: parts.count) { k in
      let result = body(parts[k])
      results.withLock { $0[k] = result }
    }
    return results.withLock { $0.compactMap { $0 } }
  }

  /// Calls `body` on several threads at once; they share the work out among themselves.
  static func onThreads(_ count: Int, _ body: @Sendable () -> Void) {
    DispatchQueue.concurrentPerform(iterations: max(1, count)) { _ in body() }
  }

  /// `count` cut into at most `threads` ranges of nearly the same length.
  static func ranges(_ count: Int, threads: Int) -> [Range<Int>] {
    let parts = max(1, min(threads, count))
    return (0..<parts).map { count * $0 / parts..<count * ($0 + 1) / parts }
  }
}
