import ChildPrograms
import Foundation
import Synchronization
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A task that starts pieces of work and waits for them shares its thread with them.
@Suite struct CoordinatorThreadTests {
  private final class Threads: Sendable {
    private let seen = Mutex<Set<Int>>([])
    var count: Int { seen.withLock(\.count) }
    func note() { seen.withLock { _ = $0.insert(pthread_self().hashValue) } }
  }

  @Test func onePieceAfterAnotherStaysOnOneThread() async {
    let threads = Threads()
    await withTaskExecutorPreference(CoordinatorThread()) {
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<20 {
          group.addTask(executorPreference: OwnThread(takingOver: true)) { threads.note() }
          await group.next()
          threads.note()
        }
      }
    }
    #expect(threads.count == 1)
  }

  @Test(
    "Of two pieces that are started at once, one takes the thread over and both run side by side")
  func twoPieces() async {
    let (first, second) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    await withTaskExecutorPreference(CoordinatorThread()) {
      await withTaskGroup(of: Bool.self) { group in
        group.addTask(executorPreference: OwnThread(takingOver: true)) {
          first.signal()
          return second.isSignalled
        }
        group.addTask(executorPreference: OwnThread(takingOver: true)) {
          second.signal()
          return first.isSignalled
        }
        for await met in group { #expect(met) }
      }
    }
  }

  @Test func goingOnLetsAPieceBeginElsewhere() async {
    let begun = DispatchSemaphore(value: 0)
    await withTaskExecutorPreference(CoordinatorThread()) {
      await withTaskGroup(of: Void.self) { group in
        group.addTask(executorPreference: OwnThread(takingOver: true)) { begun.signal() }
        CoordinatorThread.goesOn()
        #expect(begun.isSignalled, "it has begun although this task has not waited")
      }
    }
  }
}

extension DispatchSemaphore {
  /// Whether it is signalled before long.
  fileprivate var isSignalled: Bool { wait(timeout: .now() + 60) == .success }
}
