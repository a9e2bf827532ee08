import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `pipe verify`: what is finished is made again beside the cache, and compared.
@Suite(.timeLimit(.minutes(5)))
struct VerifyTests {
  /// Made of what no key knows: another run gives other bytes.
  private static func unsteady(_ name: String, _ members: String = "") -> String {
    shellStage(
      name, #"echo "$(cat "$OUTSIDE/value")" > o.txt"#, #""outputs": { "o": "o.txt" }"# + members)
  }

  /// Every file of cache and work tree with its content, but for locks and what SQLite keeps for readers.
  private static func state(of project: TestProject) throws -> [String: Data] {
    var state: [String: Data] = [:]
    for file in project.files(below: ".") where !file.hasSuffix("lock") && !file.contains("sqlite-")
    {
      state[file] = try Data(contentsOf: URL(fileURLWithPath: project.path(file)))
    }
    return state
  }

  @Test(arguments: FanPipeline.Form.allCases)
  func whatIsTheSameIsSaidSo(form: FanPipeline.Form) async throws {
    try await withProject { project in
      try FanPipeline(form: form, width: 5).install(in: project)
      try await project.run()
      let before = try Self.state(of: project)
      let outcome = try await project.pipe("verify", "--json", "--jobs", "2")
      #expect(outcome.status == 0, "\(outcome)")
      #expect(try outcome.events().branches("same").count == 7)
      #expect(project.ledger().count == 14, "each ran again")
      #expect(try Self.state(of: project) == before, "cache and work tree are untouched")
      #expect(project.workFolders().isEmpty)
      #expect(try await project.run().totals == Totals(hits: 7))
    }
  }

  @Test func theFirstDifferenceIsNamed() async throws {
    try await withProject(manifest(Self.unsteady("s"))) { project in
      try project.write("abcde\n", to: project.outside + "/value")
      try await project.run()
      #expect(try await project.pipe("verify").status == 0)
      try project.write("abcxe\n", to: project.outside + "/value")
      let before = try Self.state(of: project)
      let outcome = try await project.pipe("verify")
      #expect(outcome.status == 1)
      #expect(outcome.text.contains("s  differs: output 'o', from byte 3 on"), "\(outcome)")
      #expect(try Self.state(of: project) == before)
      let event = try #require(
        try await project.pipe("verify", "--json").events().named("different").first)
      #expect(event.branch == "s")
      #expect(event.artifact == "o")
      #expect(event.offset == 3)
      // Longer, with the stored content as its beginning.
      try project.write("abcde\nf\n", to: project.outside + "/value")
      #expect(try await project.pipe("verify").text.contains("from byte 6 on"))
    }
  }

  @Test func withinAFolderTheFirstPathIsNamed() async throws {
    let stage = shellStage(
      "s", #"mkdir -p o/in; echo 1 > o/a; cp "$OUTSIDE/value" o/in/b; . "$OUTSIDE/more""#,
      #""outputs": { "o": "o/" }"#)
    try await withProject(manifest(stage)) { project in
      try project.write("1\n", to: project.outside + "/value")
      try project.write("", to: project.outside + "/more")
      try await project.run()
      let changes = [
        ("2\n", "", "output 'o', 'in/b', from byte 0 on"),
        ("1\n", "chmod +x o/in/b", "output 'o', 'in/b', which is now another kind of file"),
        ("1\n", "rm o/a", "output 'o', 'a', which was not made again"),
        ("1\n", "touch o/in/a", "output 'o', 'in/a', which the stored result has not"),
        ("1\n", "rm o/a; ln -s in/b o/a", "output 'o', 'a', which is now another kind of file"),
      ]
      for (value, more, text) in changes {
        try project.write(value, to: project.outside + "/value")
        try project.write(more, to: project.outside + "/more")
        let outcome = try await project.pipe("verify")
        #expect(outcome.status == 1)
        #expect(outcome.text.contains(text), "\(outcome)")
      }
    }
  }

  @Test func whatCannotBeVerifiedIsNamed() async throws {
    let stages = manifest(
      Self.unsteady("done"), Self.unsteady("open").replacingOccurrences(of: "o.txt", with: "p.txt"),
      Self.unsteady("inside", #", "workdir": "project""#)
        .replacingOccurrences(of: "o.txt", with: "q.txt"))
    try await withProject(stages) { project in
      try project.write("1\n", to: project.outside + "/value")
      try await project.run("done", "inside")
      let outcome = try await project.pipe("verify")
      #expect(outcome.status == 0)
      #expect(outcome.text.contains("not verified  open  (it has no valid result)"))
      #expect(outcome.text.contains("not verified  inside  (it works in the project itself)"))
      #expect(outcome.text.contains("1 branch: 1 the same, 2 not verified"))
    }
  }

  @Test func aBranchThatFailsNowLeavesNoTrace() async throws {
    let stage = shellStage(
      "s", #"echo says; cp "$OUTSIDE/value" o.txt"#, #""outputs": { "o": "o.txt" }"#)
    try await withProject(manifest(stage)) { project in
      try project.write("1\n", to: project.outside + "/value")
      try await project.run()
      try project.remove(project.outside + "/value")
      let outcome = try await project.pipe("verify")
      #expect(outcome.status == 1)
      #expect(outcome.text.contains("the command exited with status 1"))
      #expect(outcome.text.contains("1 branch: 0 the same, 1 failed"))
      #expect(!project.exists("cache/failed"))
      #expect(try await project.pipe("logs", "s").errors.contains("finished at"))
    }
  }

  @Test func aDamagedResultIsNotTheSame() async throws {
    try await withProject(manifest(Self.unsteady("s"))) { project in
      try project.write(String(repeating: "long", count: 99), to: project.outside + "/value")
      try await project.run()
      let show = try await project.pipe("show", "s").output
      let digest = try #require(show.matches(of: /[0-9a-f]{64}/).last).output
      let object = project.path("cache/objects/\(digest.prefix(2))/\(digest)")
      var bytes = try Data(contentsOf: URL(fileURLWithPath: object))
      bytes[bytes.count - 3] ^= 1
      try FileManager.default.removeItem(atPath: object)
      try bytes.write(to: URL(fileURLWithPath: object))
      let outcome = try await project.pipe("verify")
      #expect(outcome.status == 1)
      #expect(outcome.text.contains("damaged"), "\(outcome)")
    }
  }

  @Test func aSampleCanBeRepeated() async throws {
    try await withProject { project in
      try FanPipeline(width: 20).install(in: project)
      try await project.run()
      let first = try await project.pipe("verify", "--sample", "5", "--json")
      #expect(first.status == 0)
      let seed = try #require(try first.events().first?.seed)
      let chosen = try first.events().branches("same").sorted()
      #expect(Set(chosen).count == 5)
      let again = try await project.pipe("verify", "--sample", "5", "--seed", seed, "--json")
      #expect(try again.events().branches("same").sorted() == chosen)
      let parts = try await project.pipe("verify", "--sample", "3", "--seed", "1", "part")
      #expect(parts.text.contains("3 of 20 branches, chosen with --seed 1"))
      let all = try await project.pipe("verify", "--sample", "99", "--json")
      #expect(try all.events().branches("same").count == 22)
    }
  }

  @Test func aTargetIsVerifiedWithoutItsNeeds() async throws {
    try await withProject { project in
      try FanPipeline(width: 3).install(in: project)
      try await project.run()
      let outcome = try await project.pipe("verify", "--json", "part@2", "sink", "part@2")
      #expect(try outcome.events().branches("same").sorted() == ["part@i=2", "sink"])
    }
  }

  @Test func itCanBeInterrupted() async throws {
    try await withProject { project in
      var fan = FanPipeline(width: 3)
      fan.prelude = BlockedRun.waitForGate(after: 7)
      try fan.install(in: project)
      try await project.run()
      let running = try project.start(["verify", "--json", "--jobs", "2"])
      try await eventually("parts run again") { project.ledger().count >= 6 }
      running.send(signal: SIGINT)
      let outcome = try await running.outcome()
      #expect(outcome.status == 130, "\(outcome)")
      #expect(project.workFolders().isEmpty)
      #expect(try await project.run().totals == Totals(hits: 5))
    }
  }

  @Test func nothingIsWrittenToAStoreThatIsReadOnly() async throws {
    try await withProject { project in
      try FanPipeline(width: 3).install(in: project)
      let store = project.outside + "/store"
      try await project.run("--cache", store)
      try await project.tool("chmod", "-R", "a-w", store)
      let outcome = try await project.pipe("verify", "--cache", store)
      try await project.tool("chmod", "-R", "u+w", store)
      #expect(outcome.status == 0, "\(outcome)")
      #expect(outcome.text.contains("5 branches: 5 the same"), "\(outcome)")
    }
  }

  @Test(arguments: [["--sample", "0"], ["--seed", "1"], ["--jobs", "0"], ["nothing"]])
  func wrongUsageIsRefused(arguments: [String]) async throws {
    try await withProject(manifest(Self.unsteady("s"))) { project in
      let outcome = try await project.start(["verify"] + arguments).outcome()
      #expect(outcome.status == 64, "\(outcome)")
    }
  }
}
