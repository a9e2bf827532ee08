import ChildPrograms
import Dispatch

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Turns SIGINT, SIGTERM and SIGHUP into the cancellation of a task.
///
/// A handler writes the signal to a pipe that a dispatch source reads. (An ignored signal would stay
/// ignored in every program that a command stage starts; a handler does not outlive `exec`.)
enum Interrupts {
  private static let pipe: (read: Int32, write: Int32) = {
    var ends: [Int32] = [0, 0]
    guard Self.open(&ends) == 0 else { return (-1, -1) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }()

  /// Whether whoever started this process wants the signal ignored, as `nohup` does.
  private static func isIgnored(_ number: Int32) -> Bool {
    let before = signal(number, SIG_IGN)
    signal(number, before)
    return unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  private static func open(_ ends: inout [Int32]) -> Int32 {
    #if canImport(Glibc)
      Glibc.pipe(&ends)
    #else
      Darwin.pipe(&ends)
    #endif
  }

  /// Leaves the main thread to signals, whatever of them whoever started this process has blocked.
  ///
  /// All but SIGCHLD: nobody waits for that, and it would wake this thread for each command that ends, as it
  /// does in the `dispatchMain` of an asynchronous `main`.
  static func waitForSignals() -> Never {
    var blocked = sigset_t()
    sigemptyset(&blocked)
    sigaddset(&blocked, SIGCHLD)
    pthread_sigmask(SIG_SETMASK, &blocked, nil)
    while true { pause() }
  }

  /// Lets a run go on when whoever read its output has gone (`pipe run | head`, a closed terminal).
  ///
  /// Not by ignoring SIGPIPE: commands would inherit that.
  static func surviveLostReaders() {
    signal(SIGPIPE) { _ in }
  }

  /// Lets a file that would grow beyond the limit of `ulimit -f` be an error like that of a full disk.
  static func surviveFileSizeLimits() {
    signal(SIGXFSZ) { _ in }
  }

  /// Runs `body`; the first signal cancels it, the second ends the program at once.
  ///
  /// Commands are then stopped and what is finished is kept.
  static func cancelling<Value: Sendable>(
    _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let task = Task { try await body() }
    // Threads are pooled by quality of service, and a pool has 255 at the most on Linux: as many branches
    // that wait for their programs leave none to a queue of theirs.
    let source = DispatchSource.makeReadSource(
      fileDescriptor: pipe.read, queue: DispatchQueue(label: "interrupts", qos: .userInteractive))
    source.setEventHandler {
      var byte: UInt8 = 0
      guard read(pipe.read, &byte, 1) == 1 else { return }
      if task.isCancelled {
        ChildProcess.killAll()
        _exit(130)
      }
      task.cancel()
    }
    source.resume()
    for number in [SIGINT, SIGTERM, SIGHUP] where !isIgnored(number) {
      signal(number) { _ in
        let code = errno
        var byte: UInt8 = 1
        _ = write(Interrupts.pipe.write, &byte, 1)
        errno = code
      }
    }
    defer { source.cancel() }
    return try await task.value
  }
}
