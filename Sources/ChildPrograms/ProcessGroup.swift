import CSpawn
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A running program and all that it starts, as long as that stays in its process group.
///
/// Signals go to the group only while its number is certainly still its own: until the program itself has
/// been reaped.
final class ProcessGroup: Sendable {
  enum Ending: Sendable {
    case exited(Int32)
    case signalled(Int32)
  }

  private let leader: pid_t
  /// A descriptor that becomes readable when the leader has ended; -1 where the system has none.
  private let watch: Int32
  private let isReaped = Mutex(false)
  /// Leaders of the groups that run now, for ``killAll()``.
  private static let leaders = Mutex<Set<pid_t>>([])

  private init(leader: pid_t) {
    self.leader = leader
    watch = cspawn_watch(leader)
    _ = Self.leaders.withLock { $0.insert(leader) }
  }

  /// Kills every running group at once, for a program that must end now.
  static func killAll() {
    leaders.withLock { leaders in
      for leader in leaders { _ = kill(-leader, SIGKILL) }
    }
  }

  deinit {
    if watch >= 0 { close(watch) }
  }

  /// Starts a program; `arguments` begin with its name.
  static func start(
    _ program: String, _ arguments: [String], environment: [String: String], in folder: String,
    output: Int32
  ) throws(ChildProcess.StartFailure) -> ProcessGroup {
    var process: pid_t = 0
    let code = withCStrings(arguments) { arguments in
      withCStrings(environment.map { $0.key + "=" + $0.value }) { environment in
        cspawn_start(program, arguments, environment, folder, output, &process)
      }
    }
    if code != 0 { throw ChildProcess.StartFailure(code: code) }
    return ProcessGroup(leader: process)
  }

  /// Waits on this thread until the program has ended, for at most so many seconds; says whether it has.
  ///
  /// May return too early, with false.
  func hasEnded(within seconds: Double) -> Bool {
    if watch < 0 { return isSeenToEnd(within: seconds) }
    var request = pollfd(fd: watch, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, Int32((seconds * 1e3).rounded(.up))) > 0
  }

  /// The same by looking again and again.
  private func isSeenToEnd(within seconds: Double) -> Bool {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds)
    while cspawn_has_ended(leader) == 0 {
      let left = (end - clock.now) / .seconds(1)
      if left <= 0 { return false }
      usleep(UInt32(min(left, 0.005) * 1e6))
    }
    return true
  }

  /// Kills what is left of the group of a program that has ended, and tells how that ended.
  func end() -> Ending {
    // The leader is a zombie now, so nobody else can have its number yet.
    signal(SIGKILL)
    return isReaped.withLock { isReaped in
      isReaped = true
      _ = Self.leaders.withLock { $0.remove(leader) }
      let status = cspawn_reap(leader)
      // Int32.min: somebody else reaped our child, so nobody knows.
      return status >= 0 || status == .min ? .exited(status) : .signalled(-status)
    }
  }

  /// Signals the whole group, unless the program has been reaped.
  func signal(_ signal: Int32) {
    isReaped.withLock { isReaped in
      if !isReaped { _ = kill(-leader, signal) }
    }
  }
}

/// Calls `body` with an array of C strings that ends with a null pointer.
private func withCStrings<Value>(
  _ texts: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Value
) -> Value {
  let pointers = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(
    capacity: texts.count + 1)
  for (index, text) in texts.enumerated() { pointers[index] = strdup(text) }
  pointers[texts.count] = nil
  defer {
    for index in texts.indices { free(pointers[index]) }
    pointers.deallocate()
  }
  return body(pointers)
}
