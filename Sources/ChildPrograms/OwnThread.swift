import Dispatch

/// Runs the tasks that prefer it on threads beside those that all other tasks share.
///
/// Stages compute for seconds without a pause, and branches of commands wait for their programs. On the
/// shared threads, one a core, they would keep the run itself from starting others, drawing its progress
/// or seeing Ctrl-C. Child tasks inherit the preference, and each gets a thread, too: a stage that shares
/// its work out to them has it done side by side.
package final class OwnThread: TaskExecutor {
  package init() {}

  /// Whether the current task prefers an executor to the shared threads.
  static var isGiven: Bool {
    withUnsafeCurrentTask { $0?.unownedTaskExecutor != nil }
  }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    // A serial queue gets a thread even while the threads of all cores are busy.
    DispatchQueue(label: "stage").async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
