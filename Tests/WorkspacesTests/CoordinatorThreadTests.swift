import ChildPrograms
import Foundation
import Testing

/// A task that starts pieces of work and waits for them shares its thread with them.
@Suite struct CoordinatorThreadTests {
  /// Not `pthread_self()`, which the compiler asks once for a whole function, whoever runs its parts.
  private static var thread: ObjectIdentifier { ObjectIdentifier(Thread.current) }

  /// Runs `body` on the thread of a piece that has just ended.
  private func onThreadOfAPiece(
    _ body: @Sendable @escaping (inout TaskGroup<ObjectIdentifier>) async -> Void
  ) async {
    await withTaskExecutorPreference(CoordinatorThread()) {
      await withTaskGroup(of: ObjectIdentifier.self) { group in
        // It begins on a shared thread, and comes to a piece's when it has to wait for one.
        for attempt in 1...100 {
          group.addTask(executorPreference: OwnThread()) {
            usleep(useconds_t(1000 * attempt))
            return Self.thread
          }
          if await group.next() == Self.thread { return await body(&group) }
        }
        Issue.record("it never came to a thread of its own")
      }
    }
  }

  @Test func onePieceAfterAnotherStaysOnOneThread() async {
    await onThreadOfAPiece { group in
      let first = Self.thread
      for _ in 0..<20 {
        group.addTask(executorPreference: OwnThread(takingOver: true)) { Self.thread }
        #expect(await group.next() == first)
        #expect(Self.thread == first)
      }
    }
  }

  @Test("Of two pieces that are started at once, one takes the thread over; they run side by side")
  func twoPieces() async {
    await onThreadOfAPiece { group in
      let first = Self.thread
      let (one, other) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
      group.addTask(executorPreference: OwnThread(takingOver: true)) {
        one.signal()
        #expect(other.isSignalled)
        return Self.thread
      }
      group.addTask(executorPreference: OwnThread(takingOver: true)) {
        other.signal()
        #expect(one.isSignalled)
        return Self.thread
      }
      let threads = [await group.next(), await group.next()]
      #expect(threads.count { $0 == first } == 1)
    }
  }

  @Test func goingOnLetsAPieceBeginElsewhere() async {
    await onThreadOfAPiece { group in
      let begun = DispatchSemaphore(value: 0)
      group.addTask(executorPreference: OwnThread(takingOver: true)) {
        begun.signal()
        return Self.thread
      }
      CoordinatorThread.goesOn()
      #expect(begun.isSignalled, "it has begun although this task has not waited")
    }
  }
}

extension DispatchSemaphore {
  /// Whether it is signalled before long.
  fileprivate var isSignalled: Bool { wait(timeout: .now() + 60) == .success }
}
