import Foundation
import Testing

/// Where pipe can be started, and where its cache can be.
@Suite(.timeLimit(.minutes(5)))
struct PlaceTests {
  @Test func aSubfolderWorksLikeTheProject() async throws {
    try await withProject { project in
      let fan = FanPipeline(width: 2)
      try fan.install(in: project)
      try project.makeFolder("deep/er")
      #expect(try await project.run(in: "deep/er").totals.executed == 4)
      #expect(try project.read("total.txt") == fan.total)
      #expect(project.names(in: "deep/er").isEmpty)
    }
  }

  @Test(arguments: [("parts", "1.txt"), ("parts", "../total.txt"), ("deep/er", "../../total.txt")])
  func anOutputPathIsReadFromWhereTheUserStands(folder: String, path: String) async throws {
    try await withProject { project in
      try FanPipeline(width: 2).install(in: project)
      try project.makeFolder("deep/er")
      try await project.run()
      #expect(try await project.pipe("run", path, in: folder).status == 0)
    }
  }

  @Test func mistakesAreShownWithThePathFromHere() async throws {
    try await withProject("{ \"stages\": 5 }") { project in
      try project.makeFolder("deep/er")
      let outcome = try await project.pipe("run", in: "deep/er")
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("../../pipeline.json:1:"))
    }
  }

  @Test(arguments: ["-C", "--directory"])
  func theFolderCanBeNamed(option: String) async throws {
    try await withProject { project in
      let fan = FanPipeline(width: 2)
      try fan.install(in: project)
      let running = try RunningProgram(
        try PipeProgram.path(), ["run", "--json", option, project.root],
        environment: project.environment, directory: project.outside, captures: project.outside)
      #expect(try Run(try await running.outcome()).totals.executed == 4)
      #expect(try project.read("total.txt") == fan.total)
    }
  }

  @Test(arguments: ["-C", "--cache"])
  func aPlaceWithoutANameIsRefused(option: String) async throws {
    try await withProject { project in
      try FanPipeline(width: 2).install(in: project)
      let before = project.names(in: ".")
      let outcome = try await project.pipe("run", option, "")
      #expect(outcome.status == 64)
      #expect(outcome.errors.contains("\(option) is empty"))
      #expect(project.names(in: ".") == before)
    }
  }

  @Test func pathsAreReadFromTheFolderThatWasNamed() async throws {
    try await withProject { project in
      try FanPipeline(width: 2).install(in: project)
      try project.makeFolder("parts")
      let running = try RunningProgram(
        try PipeProgram.path(),
        ["-C", project.root + "/parts", "run", "--json", "--cache", "store", "1.txt"],
        environment: project.environment, directory: project.outside, captures: project.outside)
      #expect(try Run(try await running.outcome()).totals == Totals(executed: 2))
      #expect(project.exists("parts/store/objects"))
    }
  }

  @Test func aFolderThatIsNotThereIsAUsageError() async throws {
    try await withProject { project in
      let outcome = try await project.pipe("run", "-C", "nowhere")
      #expect(outcome.status == 64)
      #expect(outcome.errors.contains("nowhere"))
    }
  }

  @Test func noManifestIsAUsageErrorThatNamesInit() async throws {
    try await withProject { project in
      let outcome = try await project.pipe("run")
      #expect(outcome.status == 64)
      #expect(outcome.errors.contains("pipeline.json"))
      #expect(outcome.errors.contains("pipe init"))
    }
  }

  @Test func twoProjectsShareACache() async throws {
    try await withProject { project in
      let fan = FanPipeline(width: 5)
      let store = project.outside + "/store"
      try fan.install(in: project)
      let other = TestProject(root: project.outside + "/other", outside: project.outside)
      try other.makeFolder(".")
      try fan.install(in: other)
      #expect(try await project.run("--cache", store).totals == Totals(executed: 7))
      #expect(try await other.run("--cache", store).totals == Totals(hits: 7, restored: 7))
      #expect(try other.read("total.txt") == fan.total)
      #expect(!other.exists("cache/objects"))

      let invalidated = try await other.pipe("invalidate", "source", "--cache", store)
      #expect(invalidated.status == 0)
      #expect(try await project.run("--cache", store).totals == Totals(hits: 7))
      #expect(try await other.run("--cache", store).totals == Totals(executed: 1, hits: 6))
    }
  }

  @Test func twoProjectsRunAtOnceOnOneCache() async throws {
    try await withProject { project in
      let fan = FanPipeline(width: 8)
      let store = project.outside + "/store"
      let other = TestProject(root: project.outside + "/other", outside: project.outside)
      try other.makeFolder(".")
      try fan.install(in: project)
      try fan.install(in: other)
      let both = try [project, other].map { try $0.start(["run", "--json", "--cache", store]) }
      var executed = 0
      for running in both {
        let outcome = try await running.outcome()
        #expect(outcome.status == 0, "\(outcome)")
        executed += try outcome.totals().executed
      }
      #expect(executed == 10)
      #expect(project.ledger().count == 10)
      #expect(try project.read("total.txt") == fan.total)
      #expect(try other.read("total.txt") == fan.total)
    }
  }

  @Test func theManifestCanNameTheCache() async throws {
    let text = """
      { "cache": "../outside/store", "stages": {
        \(shellStage("one", "echo 1 > o.txt", #""outputs": { "o": "o.txt" }"#)) } }
      """
    try await withProject(text) { project in
      try await project.run()
      #expect(project.exists(project.outside + "/store/objects"))
      #expect(!project.exists("cache/objects"))
    }
  }

  @Test func theEnvironmentCanNameTheCache() async throws {
    try await withProject { project in
      try FanPipeline(width: 1).install(in: project)
      let store = project.outside + "/store"
      try await project.run(environment: ["PIPE_CACHE": store])
      #expect(project.exists(store + "/objects"))
      #expect(try await project.run("--cache", store).totals == Totals(hits: 3))
    }
  }

  @Test func theFolderToWorkInMayHoldOthers() async throws {
    try await withProject { project in
      try FanPipeline(width: 2).install(in: project)
      let scratch = project.outside + "/scratch"
      for mine in ["thesis/chapter", "2024-11/notes", "lock"] {
        try project.write("mine", to: scratch + "/" + mine)
      }
      try await project.run(environment: ["PIPE_WORK": scratch])
      #expect(project.exists(scratch + "/pipe-work"))
      for mine in ["thesis/chapter", "2024-11/notes", "lock"] {
        #expect(try project.read(scratch + "/" + mine) == "mine")
      }
      #expect(try await project.run(environment: ["PIPE_WORK": ""]).totals.hits == 4)
    }
  }

  /// A stage that reads every log of the project, and what is said of the cache beside it.
  private static func logs(_ member: String = "") -> String {
    "{ \(member) \"stages\": { "
      + shellStage(
        "logs", "cat data/a.log > o.txt",
        #""inputs": { "all": "**/*.log" }, "outputs": { "o": "o.txt" }"#) + " } }"
  }

  @Test(arguments: [
    (#""cache": "store","#, []), ("", ["--cache", "data/store"]), ("", ["--cache", "link"]),
    (#""cache": "link","#, []), ("", ["--cache", "aside/store"]),
  ])
  func theStoreInTheProjectIsNoInput(member: String, options: [String]) async throws {
    try await withProject(Self.logs(member)) { project in
      try project.write("1\n", to: "data/a.log")
      try project.makeFolder("far/away")
      for (link, target) in [("link", "far/away"), ("aside", "far")] {
        try FileManager.default.createSymbolicLink(
          atPath: project.path(link), withDestinationPath: target)
      }
      for executed in [1, 0, 0] {
        let outcome = try await project.start(["run"] + options).outcome()
        #expect(outcome.status == 0, "\(outcome)")
        #expect(outcome.errors.contains("\(executed) executed"), "\(outcome)")
      }
      #expect(project.files(below: ".").contains { $0.hasSuffix(".log") && $0 != "data/a.log" })
    }
  }

  @Test func aProjectReachedThroughALinkKnowsItsStore() async throws {
    try await withProject(Self.logs()) { project in
      try project.write("1\n", to: "data/a.log")
      let link = project.outside + "/link"
      try FileManager.default.createSymbolicLink(
        atPath: link, withDestinationPath: project.root)
      for executed in [1, 0] {
        let outcome = try await project.pipe("run", "-C", link, "--cache", link + "/store")
        #expect(outcome.errors.contains("\(executed) executed"), "\(outcome)")
      }
    }
  }

  @Test func aFolderThatHoldsTheStoreIsRefused() async throws {
    let text = manifest(
      shellStage(
        "s", "ls data > o.txt", #""inputs": { "d": "data/" }, "outputs": { "o": "o.txt" }"#))
    try await withProject(text) { project in
      try project.write("1\n", to: "data/a.txt")
      let outcome = try await project.pipe("run", "--cache", "data/store")
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("the path leads into 'data/store'"), "\(outcome)")
      #expect(try await project.run().totals.executed == 1)
    }
  }
}
