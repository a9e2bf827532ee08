import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A run goes on when the index of the cache cannot be used, says so once, and the next one mends it.
@Suite(.timeLimit(.minutes(5)))
struct IndexTroubleTests {
  private static let warning = "going on without the index"

  private func count(_ text: String, in outcome: Outcome) -> Int {
    outcome.text.components(separatedBy: text).count - 1
  }

  /// After the trouble is over: nothing runs again, and cache and index are whole.
  private func expectHealed(
    _ project: TestProject, _ fan: FanPipeline, afterKill: Bool = false
  ) async throws {
    try await expectHealed(
      project, branches: fan.branches, total: fan.total, afterKill: afterKill)
  }

  private func expectHealed(
    _ project: TestProject, branches: Int, total: String, afterKill: Bool = false
  ) async throws {
    let next = try await project.pipe("run")
    #expect(next.status == 0, "\(next)")
    #expect(next.text.contains("\(branches) up to date"), "\(next)")
    #expect(try project.read("total.txt") == total)
    #expect(project.ledger().count == branches || afterKill, "nothing ran twice")
    let last = try await project.pipe("run")
    #expect(!last.text.contains("warning"), "\(last)")
    #expect(try await project.pipe("cache", "check").output.contains("all whole"))
    #expect(!project.exists("cache/unindexed"))
  }

  /// What is done to the index in the middle of a run, as shell text in the folder of the cache.
  @Test(arguments: [
    "rm index.sqlite-wal", "rm index.sqlite-shm", "rm index.sqlite*", ": > index.sqlite-wal",
    "truncate -s 100 index.sqlite-wal", "rm index.sqlite*; mkdir index.sqlite",
    "head -c 9999 /dev/urandom > index.sqlite", "rm index.sqlite; echo garbage > index.sqlite",
  ])
  func itIsSpoiltInTheMiddleOfARun(how: String) async throws {
    try await withProject { project in
      var fan = FanPipeline(width: 12)
      fan.prelude = BlockedRun.waitForGate(after: 5)
      try fan.install(in: project)
      let running = try project.start(["run", "--jobs", "2"])
      try await eventually("five branches have begun") { project.ledger().count >= 5 }
      try await project.tool("sh", "-c", "cd cache; " + how)
      try project.openGate()
      let outcome = try await running.outcome()
      #expect(outcome.status == 0, "\(outcome)")
      #expect(count("index", in: outcome) <= 1, "\(outcome)")
      #expect(try project.read("total.txt") == fan.total)
      try await expectHealed(project, fan)
    }
  }

  /// A run whose -shm file is cut short may be ended by the system (SIGBUS), and no worse.
  ///
  /// SQLite has that file in memory, and warns of this in its documentation.
  @Test func itsMapIsCutShort() async throws {
    try await withProject { project in
      var fan = FanPipeline(width: 12)
      fan.prelude = BlockedRun.waitForGate(after: 5)
      try fan.install(in: project)
      let running = try project.start(["run", "--jobs", "2"])
      try await eventually("five branches have begun") { project.ledger().count >= 5 }
      try await project.tool("sh", "-c", ": > cache/index.sqlite-shm")
      try project.openGate()
      let outcome = try await running.outcome()
      #expect([0, 128 + Int(SIGBUS)].contains(outcome.status), "\(outcome)")
      #expect(try await project.pipe("cache", "check").status == 0)
      #expect(try await project.pipe("run").status == 0)
      try await expectHealed(project, fan, afterKill: outcome.status != 0)
    }
  }

  @Test(.enabled(if: Tools.hasPython)) func itIsLockedByAnotherProgram() async throws {
    try await withProject { project in
      let fan = FanPipeline(width: 8)
      try fan.install(in: project)
      try await project.run("source")
      let code = """
        import sqlite3, time, os
        database = sqlite3.connect('cache/index.sqlite', isolation_level=None)
        database.execute('BEGIN EXCLUSIVE')
        open(os.environ['OUTSIDE'] + '/locked', 'w')
        while os.path.isdir(os.environ['OUTSIDE']): time.sleep(0.1)
        """
      let holder = try RunningProgram(
        "/usr/bin/env", ["python3", "-c", code], environment: project.environment,
        directory: project.root, captures: project.outside)
      try await eventually("it is locked") { project.exists(project.outside + "/locked") }
      let outcome = try await project.pipe("run")
      #expect(outcome.status == 0, "\(outcome)")
      #expect(count(Self.warning, in: outcome) == 1, "\(outcome)")
      #expect(try await project.pipe("status").status == 0)
      holder.send(signal: SIGKILL)
      _ = try await holder.outcome()
      try await expectHealed(project, fan)
    }
  }

  /// Short records, so that the journal keeps to the limit, and the index, whose log has whole pages, does
  /// not.
  @Test func itMayNotGrow() async throws {
    let stages = manifest(
      shellStage(
        "part", "echo 1 >> $LEDGER; echo $PIPE_AXIS_i > $PIPE_OUTPUT_part",
        #""map": { "i": { "from": 1, "count": 62 } }, "outputs": { "part": "parts/{i}.txt" }"#),
      shellStage(
        "sink", "echo 1 >> $LEDGER; cat parts/* | sort -n > total.txt",
        #""inputs": { "parts": "part@*" }, "outputs": { "total": "total.txt" }"#))
    try await withProject(stages) { project in
      let shell = try RunningProgram(
        "/bin/bash", ["-c", "ulimit -f 42; exec \"$0\" run", try PipeProgram.path()],
        environment: project.environment, directory: project.root, captures: project.outside)
      let outcome = try await shell.outcome()
      #expect(outcome.status == 0, "\(outcome)")
      #expect(count(Self.warning, in: outcome) == 1, "\(outcome)")
      try await expectHealed(
        project, branches: 63, total: (1...62).map { "\($0)\n" }.joined())
    }
  }

  /// Nobody may make files beside the index; objects and records can be written.
  @Test(.enabled(if: Unprivileged.isPossible)) func itsFolderIsReadOnly() async throws {
    try await withProject { project in
      let fan = FanPipeline(width: 8)
      try fan.install(in: project)
      try await project.run("source")
      try await project.tool("chmod", "-R", "a+rwX", project.root, project.outside)
      try await project.tool("chmod", "a-w", "cache")
      let outcome = try await Unprivileged.start("run", in: project).outcome()
      try await project.tool("chmod", "a+w", "cache")
      #expect(outcome.status == 0, "\(outcome)")
      #expect(count(Self.warning, in: outcome) == 1, "\(outcome)")
      try await expectHealed(project, fan)
    }
  }
}
