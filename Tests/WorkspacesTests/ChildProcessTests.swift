import ChildPrograms
import Foundation
import Synchronization
import TestSupport
import Testing
import Workspaces

struct ChildProcessTests {
  private final class Counter: Sendable {
    let value = Atomic(0)
  }

  @Test(arguments: [
    ("exit 0", ChildProcess.Ending.exited(0)), ("exit 7", .exited(7)),
    ("kill -9 $$", .signalled(9)),
  ])
  func endings(text: String, expected: ChildProcess.Ending) async throws {
    try await withShell(text) { ending, _ in #expect(ending == expected) }
  }

  /// Child tasks of a branch inherit its executor, and must not wait for each other.
  @Test func childTasksOnAnOwnThreadRunSideBySide() async {
    let started = Counter()
    await withTaskExecutorPreference(OwnThread()) {
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<2 {
          group.addTask {
            started.value.add(1, ordering: .relaxed)
            let end = ContinuousClock.now + .seconds(240)
            while started.value.load(ordering: .relaxed) < 2, ContinuousClock.now < end {}
            #expect(started.value.load(ordering: .relaxed) == 2, "the other waits for its end")
          }
        }
      }
    }
  }

  @Test func outputAndErrorShareOneLogInOrder() async throws {
    try await withShell("echo one; echo two >&2; echo three; cat; ls /proc/self/fd 2>/dev/null") {
      ending, log in
      #expect(ending == .exited(0))
      // Standard input is empty, and ls has only the folder it lists open beside 0, 1 and 2.
      #expect(["one\ntwo\nthree\n", "one\ntwo\nthree\n0\n1\n2\n3\n"].contains(log))
    }
  }

  @Test func hundredThousandBytes() async throws {
    try await withShell("head -c 100000 /dev/zero | tr '\\0' x") { _, log in
      #expect(log.utf8.count == 100_000)
    }
  }

  @Test func theEnvironmentIsOnlyWhatIsGiven() async throws {
    try await withShell("env", ["A": "1", "B": "two words\nand a line"]) { _, log in
      let names = log.split(separator: "\n").compactMap { $0.split(separator: "=").first }
      #expect(Set(names).subtracting(["PWD", "_", "SHLVL", "OLDPWD"]) == ["A", "B", "and a line"])
    }
  }

  @Test func timeoutEndsEvenThoseThatIgnoreSIGTERM() async throws {
    try await withShell("trap '' TERM; while :; do sleep 0.1; done", timeout: 0.2, grace: 0.2) {
      ending, _ in #expect(ending == .timedOut)
    }
  }

  @Test func cancellationGivesTimeToCleanUp() async throws {
    try await withTemporaryFolder { folder in
      let running = Task {
        try await runShell(
          "trap 'echo tidy > tidied; exit 3' TERM; echo x > begun; sleep 60 & wait", in: folder)
      }
      try await eventually { FileManager.default.fileExists(atPath: folder + "/begun") }
      running.cancel()
      let (ending, _) = try await running.value
      #expect(ending == .cancelled)
      #expect(FileManager.default.fileExists(atPath: folder + "/tidied"))
    }
  }

  @Test func strayMembersOfTheGroupAreKilled() async throws {
    try await withTemporaryFolder { folder in
      // A daemonised grandchild: its parents are gone, but its group is the program's.
      let text =
        "(sh -c 'trap \"\" TERM HUP; echo $$ > pid; sleep 60' &) ; while [ ! -s pid ]; do sleep 0.01; done"
      let (ending, _) = try await runShell(text, in: folder)
      #expect(ending == .exited(0))
      let pid = try String(contentsOfFile: folder + "/pid", encoding: .utf8)
      let number = try #require(Int32(pid.trimmingCharacters(in: .whitespacesAndNewlines)))
      try await eventually { hasEnded(number) }
    }
  }

  @Test func aProgramThatIsNoneCannotBeStarted() async throws {
    try await withTemporaryFolder { folder in
      let log = try OutputLog(at: folder + "/log")
      for program in ["/nowhere/program", folder] {
        let process = ChildProcess(
          program: program, name: "p", arguments: [], environment: [:], workingFolder: folder)
        await #expect(throws: ChildProcess.StartFailure.self) {
          try await process.run(output: log.descriptor) { try? log.trim() }
        }
      }
    }
  }
}

struct OutputLogTests {
  @Test func theMiddleOfAFloodIsDropped() async throws {
    try await withTemporaryFolder { folder in
      var limits = OutputLog.Limits()
      (limits.head, limits.tail, limits.file) = (100, 50, 1000)
      let log = try OutputLog(at: folder + "/log", limits: limits)
      for round in 0..<3 {
        let (ending, _) = try await runShell("seq \(round)000 \(round)999", in: folder, log: log)
        #expect(ending == .exited(0))
        try log.trim()
      }
      let text = String(decoding: try log.contents(), as: UTF8.self)
      #expect(text.hasPrefix("000\n") || text.hasPrefix("0\n1\n2\n"))
      #expect(text.hasSuffix("2998\n2999\n"))
      #expect(text.contains("bytes left out"))
      #expect(text.utf8.count < 250)
    }
  }
}

// MARK: - Helpers

private func withShell(
  _ text: String, _ environment: [String: String] = ["PATH": "/usr/bin:/bin"],
  timeout: Double? = nil, grace: Double = 2,
  _ check: (ChildProcess.Ending, String) throws -> Void
) async throws {
  try await withTemporaryFolder { folder in
    let (ending, log) = try await runShell(
      text, in: folder, environment, timeout: timeout, grace: grace)
    try check(ending, log)
  }
}

private func runShell(
  _ text: String, in folder: String, log: OutputLog? = nil,
  _ environment: [String: String] = ["PATH": "/usr/bin:/bin"], timeout: Double? = nil,
  grace: Double = 2
) async throws -> (ChildProcess.Ending, String) {
  let log = try log ?? OutputLog(at: folder + "/log")
  let process = ChildProcess(
    program: "/bin/sh", name: "sh", arguments: ["-c", text], environment: environment,
    workingFolder: folder, timeout: timeout, grace: grace)
  let ending = try await process.run(output: log.descriptor) { try? log.trim() }
  return (ending, String(decoding: try log.contents(), as: UTF8.self))
}

/// Whether a process is gone or only waits for its parent to notice.
func hasEnded(_ process: Int32) -> Bool {
  if kill(process, 0) != 0 { return true }
  let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
  return status?.contains(") Z ") ?? false
}

/// Waits, for at most five seconds, until a condition holds.
func eventually(_ condition: () -> Bool) async throws {
  for _ in 0..<500 {
    if condition() { return }
    try await Task.sleep(for: .milliseconds(10))
  }
  Issue.record("the condition did not come to hold in time")
}
