import Dispatch
import Synchronization

/// Runs independent pieces of work on all cores.
package enum Parallel {
  /// The results of `body` for 0 ..< count, in order; `alongside` runs at the same time.
  package static func map<Result: Sendable>(
    count: Int, alongside: @Sendable () -> Void = {}, _ body: @Sendable (Int) -> Result
  ) -> [Result] {
    if count <= 1 {
      alongside()
      return (0..<count).map(body)
    }
    let results = Mutex<[Result?]>(Array(repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count + 1) { index in
      if index == 0 {
        alongside()
      } else {
        let result = body(index - 1)
        results.withLock { $0[index - 1] = result }
      }
    }
    return results.withLock { $0.compactMap(\.self) }
  }

  /// Runs `body` some time soon on another thread.
  static func later(_ body: @escaping @Sendable () -> Void) {
    DispatchQueue.global(qos: .utility).async(execute: body)
  }
}
