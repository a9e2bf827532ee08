import Dispatch

/// Runs the task that prefers it on a thread beside those that all other tasks share.
///
/// Stages compute for seconds without a pause. On the shared threads, one a core, they would keep
/// the run itself from starting commands, drawing its progress or seeing Ctrl-C.
final class OwnThread: TaskExecutor {
  // A serial queue gets a thread even while the threads of all cores are busy.
  private let queue = DispatchQueue(label: "stage")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
