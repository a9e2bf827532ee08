import Foundation
import Testing

/// `pipe logs`: what a branch printed, whether it finished or failed.
@Suite(.timeLimit(.minutes(5)))
struct LogsTests {
  private static let text = manifest(
    shellStage(
      "talk", #"echo "to output $PIPE_AXIS_i"; echo "to errors" >&2; echo 1 > "$PIPE_OUTPUT_o""#,
      #""map": { "i": [1, 2] }, "outputs": { "o": "o/{i}" }"#),
    shellStage(
      "fail", "cat ok.txt && cp ok.txt f.txt",
      #""inputs": { "ok": "ok.txt" }, "#
        + #""outputs": { "f": "f.txt" }"#))

  @Test func bothStreamsAreKeptInOrder() async throws {
    try await withProject(Self.text) { project in
      try project.write("fine\n", to: "ok.txt")
      try await project.run()
      let logs = try await project.pipe("logs", "talk@2")
      #expect(logs.output == "to output 2\nto errors\n")
      #expect(logs.errors.contains("talk@i=2, finished at"))
    }
  }

  @Test func theLatestEndCounts() async throws {
    try await withProject { project in
      func install(_ exit: Int) throws {
        let stage = shellStage(
          "s", "echo 'exit \(exit)'; echo 1 > o.txt; exit \(exit)",
          #""outputs": { "o": "o.txt" }"#)
        try project.write(manifest(stage), to: "pipeline.json")
      }
      try install(0)
      try await project.run()
      #expect(try await project.pipe("logs", "s").output == "exit 0\n")
      try install(3)
      try await project.run(status: 1)
      let failed = try await project.pipe("logs", "s")
      #expect(failed.output == "exit 3\n")
      #expect(failed.errors.contains("failed at"))
    }
  }

  @Test func aCommandThatFailsInTheProjectLeavesItsLog() async throws {
    let stage = shellStage(
      "s", #"echo "looks for a.txt"; cat a.txt > o.txt"#,
      #""workdir": "project", "outputs": { "o": "o.txt" }"#)
    try await withProject(manifest(stage)) { project in
      try await project.run(status: 1)
      let failed = try await project.pipe("logs", "s")
      #expect(failed.output.hasPrefix("looks for a.txt\ncat: a.txt: "), "\(failed)")
      #expect(failed.errors.contains("failed at"))
      try project.write("a\n", to: "a.txt")
      try await project.run()
      let finished = try await project.pipe("logs", "s")
      #expect(finished.output == "looks for a.txt\n")
      #expect(!project.exists("cache/failed/s"))
    }
  }

  @Test func aBuiltInStageThatFailsLeavesItsLog() async throws {
    let stage = #""d": { "kind": "dataset", "params": { "sources": ["file:nowhere"] } }"#
    try await withProject(manifest(stage)) { project in
      let run = try await project.run(status: 1)
      let cause = try #require(run.events.named("failed").first?.cause)
      let failed = try await project.pipe("logs", "d")
      #expect(failed.output.contains("file:nowhere"), "\(failed)")
      #expect(failed.output.hasSuffix(cause + "\n"), "\(failed)")
      #expect(failed.errors.contains("d, failed at"))
    }
  }

  @Test func allOfALongLogIsKeptAndItsEndShown() async throws {
    let stage = shellStage(
      "long", "seq 1 50000; printf 'no newline'; exit 1", #""outputs": { "o": "o.txt" }"#)
    try await withProject(manifest(stage)) { project in
      let run = try await project.pipe("run")
      #expect(run.errors.contains("  | 50000\n  | no newline\n"))
      #expect(!run.errors.contains("  | 40000\n"))
      let logs = try await project.pipe("logs", "long")
      #expect(logs.output.split(separator: "\n").count == 50_001)
    }
  }

  @Test func aBranchThatNeverRanHasNoLog() async throws {
    try await withProject(Self.text) { project in
      let logs = try await project.pipe("logs", "talk@1")
      #expect(logs.status != 0)
      #expect(logs.errors.contains("pipe run talk@i=1"))
      let several = try await project.pipe("logs", "talk")
      #expect(several.status == 64)
      #expect(several.errors.contains("talk@i=1"))
    }
  }

  @Test func aBranchThatIsRunningIsNotSaidNeverToHaveRun() async throws {
    let stage = shellStage(
      "slow", "echo begun; echo x >> \"$LEDGER\"; \(BlockedRun.waitForGate); echo 1 > o.txt",
      #""outputs": { "o": "o.txt" }"#)
    try await withProject(manifest(stage)) { project in
      let running = try project.start(["run", "--json"])
      try await eventually("it runs") { project.ledger() == ["x"] }
      let logs = try await project.pipe("logs", "slow")
      #expect(logs.text.contains("begun") || logs.text.contains("running"), "\(logs)")
      try project.openGate()
      #expect(try await running.outcome().status == 0)
    }
  }

  @Test(arguments: [true, false])
  func aLostLogIsMadeAgainAsSaid(isMissing: Bool) async throws {
    let stage = shellStage("s", "echo hello; echo 1 > o.txt", #""outputs": { "o": "o.txt" }"#)
    try await withProject(manifest(stage)) { project in
      try await project.run()
      let kept = try await project.objectPath(ofOutputOf: "s")
      for object in project.files(below: "cache/objects").map({ "cache/objects/" + $0 })
      where project.path(object) != kept {
        try project.remove(object)
        if !isMissing { try project.write("no object", to: object) }
      }
      let lost = try await project.pipe("logs", "s")
      #expect(lost.status == 3, "\(lost)")
      #expect(lost.errors.contains("hint: 'pipe run --force s'"), "\(lost)")
      #expect(!lost.errors.contains("run the stage that makes it again"), "\(lost)")
      #expect(try await project.run().totals == Totals(hits: 1), "the result is valid")
      try await project.run("--force", "s")
      #expect(try await project.pipe("logs", "s").output == "hello\n")
    }
  }
}
