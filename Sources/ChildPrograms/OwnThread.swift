import Synchronization

/// Runs the tasks that prefer it on threads beside those that all other tasks share.
///
/// Stages compute for seconds without a pause, and branches of commands wait for their programs. On the
/// shared threads, one a core, they would keep the run itself from starting others, drawing its progress
/// or seeing Ctrl-C. Child tasks inherit the preference, and each gets a thread, too: a stage that shares
/// its work out to them has it done side by side.
package final class OwnThread: TaskExecutor {
  private let takesOver: Atomic<Bool>

  /// - Parameter takesOver: Whoever starts the task, on such a thread, is about to wait: the task begins on
  ///   that thread when it does.
  package init(takingOver takesOver: Bool = false) {
    self.takesOver = Atomic(takesOver)
  }

  /// Whether the current task prefers an executor to the shared threads.
  static var isGiven: Bool {
    withUnsafeCurrentTask { $0?.unownedTaskExecutor != nil }
  }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let run: Worker.Job = { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    let isFirst = takesOver.exchange(false, ordering: .relaxed)
    if isFirst, Worker.current?.take(run) == true { return }
    Worker.start(run)
  }
}

/// Runs a task that starts others with an ``OwnThread`` and waits for them: on the thread of the one that
/// has just ended, or on a shared one.
///
/// So a thread that has done one piece of work finds the next itself. Handing each result and each piece
/// from thread to thread wakes an idle core twice, which takes longer than many a program does. Nobody but
/// tasks that end may resume such a task from an ``OwnThread``.
package final class CoordinatorThread: TaskExecutor {
  package init() {}

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let isTaken = Worker.current?.take { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    // The shared threads are there even when branches that wait have all others.
    if isTaken != true { globalConcurrentExecutor.enqueue(ExecutorJob(job)) }
  }

  /// Lets a task that was to take this thread over begin on another one, before this one goes on.
  package static func goesOn() {
    Worker.current?.release()
  }
}
