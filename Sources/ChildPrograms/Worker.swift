import Dispatch
import Synchronization

/// A thread that runs one job and what is to come after it.
final class Worker: Sendable {
  typealias Job = @Sendable () -> Void

  private static let key = DispatchSpecificKey<Worker>()
  private let next = Mutex<Job?>(nil)

  /// That of the thread which asks; nil on other threads.
  static var current: Worker? { DispatchQueue.getSpecific(key: key) }

  /// Runs a job on a thread of its own.
  static func start(_ job: @escaping Job) {
    let worker = Worker()
    // A serial queue gets a thread even while the threads of all cores are busy.
    let queue = DispatchQueue(label: "worker")
    queue.setSpecific(key: key, value: worker)
    queue.async {
      job()
      while let next = worker.takeNext() { next() }
    }
  }

  /// Has what is to come after the current job begin on another thread.
  func release() {
    if let next = takeNext() { Self.start(next) }
  }

  /// Runs a job on this thread after its current one, unless something is to come then already; says whether
  /// it will.
  func take(_ job: @escaping Job) -> Bool {
    next.withLock { next in
      if next != nil { return false }
      next = job
      return true
    }
  }

  private func takeNext() -> Job? {
    next.withLock { next in
      defer { next = nil }
      return next
    }
  }
}
