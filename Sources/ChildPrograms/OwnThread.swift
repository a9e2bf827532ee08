import Dispatch

/// Runs the task that prefers it on a thread beside those that all other tasks share.
///
/// Stages compute for seconds without a pause, and branches of commands wait for their programs. On the
/// shared threads, one a core, they would keep the run itself from starting others, drawing its progress
/// or seeing Ctrl-C.
package final class OwnThread: TaskExecutor {
  // A serial queue gets a thread even while the threads of all cores are busy.
  private let queue = DispatchQueue(label: "stage")

  package init() {}

  /// Whether the current task prefers an executor to the shared threads.
  static var isGiven: Bool {
    withUnsafeCurrentTask { $0?.unownedTaskExecutor != nil }
  }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
