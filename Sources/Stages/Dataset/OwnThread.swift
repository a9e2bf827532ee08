import Foundation
import Synchronization

/// Tells blocking work that its task was cancelled.
final class CancellationFlag: Sendable {
  private let isSet = Atomic(false)

  var isCancelled: Bool { isSet.load(ordering: .relaxed) }

  func cancel() { isSet.store(true, ordering: .relaxed) }
}

/// Runs work that blocks on a thread of its own, so that no thread of the task pool waits for it.
///
/// Cancelling the task sets the flag that `body` is given; `body` must look at it often.
func onOwnThread<Value: Sendable>(
  _ body: @escaping @Sendable (CancellationFlag) throws -> Value
) async throws -> Value {
  let flag = CancellationFlag()
  return try await withTaskCancellationHandler {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { continuation.resume(with: Result { try body(flag) }) }
    }
  } onCancel: {
    flag.cancel()
  }
}
