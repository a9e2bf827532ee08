import Foundation
import Testing

/// Folders, globs, collected inputs, paths that are edges.
@Suite(.timeLimit(.minutes(5)))
struct InputTests {
  @Test func aGlobFollowsTheFilesThatAreThere() async throws {
    let text = manifest(
      shellStage(
        "words", "tail -n +2 \"$PIPE_INPUT_texts\" | while read -r f; do cat \"$f\"; done > o.txt",
        #""inputs": { "texts": "src/**/*.txt" }, "outputs": { "o": "o.txt" }"#))
    try await withProject(text) { project in
      try project.write("b\n", to: "src/b.txt")
      try project.write("a\n", to: "src/a/a.txt")
      try project.write("not me\n", to: "src/c.md")
      try await project.run()
      #expect(try project.read("o.txt") == "a\nb\n")
      try project.write("c\n", to: "src/c.txt")
      #expect(try await project.run().totals.executed == 1)
      #expect(try project.read("o.txt") == "a\nb\nc\n")
      try project.write("other\n", to: "src/c.md")
      #expect(try await project.run().totals.executed == 0)
      try project.remove("src/c.txt")
      #expect(try await project.run().totals == Totals(hits: 1, restored: 1))
      #expect(try project.read("o.txt") == "a\nb\n")
    }
  }

  /// What the reader takes must not depend on when the files of the stages that are gone are removed.
  @Test func whatEarlierPlansLeftIsNoInput() async throws {
    func plan(_ values: String) -> String {
      manifest(
        shellStage(
          "s", "echo $PIPE_AXIS_k > $PIPE_OUTPUT_o",
          #""map": { "k": [\#(values)] }, "outputs": { "o": "o/{k}.txt" }"#),
        shellStage(
          "c", "cat o/*.txt > c", #""inputs": { "s": "o/*.txt" }, "outputs": { "o": "c" }"#))
    }
    try await withProject(plan("1, 2, 3")) { project in
      try await project.run()
      #expect(try project.read("c") == "1\n2\n3\n")
      try project.write(plan("1, 2"), to: "pipeline.json")
      #expect(try await project.run().totals == Totals(executed: 1, hits: 2))
      #expect(try project.read("c") == "1\n2\n")
      try project.write(plan("7, 8"), to: "pipeline.json")
      try await project.run("c")
      #expect(try project.read("c") == "7\n8\n")
      #expect(project.exists("o/1.txt"), "a run of a target removes nothing")
      try project.write("mine\n", to: "o/1.txt")
      try await project.run()
      #expect(try project.read("c") == "mine\n7\n8\n", "what was edited is a file like any other")
      #expect(!project.exists("o/2.txt"))
    }
  }

  @Test func aGlobThatMatchesNothingSaysSo() async throws {
    let text = manifest(
      shellStage(
        "words", "true", #""inputs": { "texts": "src/*.txt" }, "outputs": { "o": "o.txt" }"#))
    try await withProject(text) { project in
      let outcome = try await project.pipe("run")
      #expect(outcome.status != 0)
      #expect(outcome.errors.contains("src/*.txt"))
      #expect(outcome.errors.contains("match"), "a pattern does not 'exist': \(outcome)")
    }
  }

  @Test func aFolderInputIsEverythingInIt() async throws {
    let text = manifest(
      shellStage(
        "list", "(cd data; find . | LC_ALL=C sort; cat a.txt) > o.txt",
        #""inputs": { "d": "data/" }, "outputs": { "o": "o.txt" }"#))
    try await withProject(text) { project in
      try project.write("1\n", to: "data/a.txt")
      try project.write("2\n", to: "data/deep/.hidden")
      try await project.run()
      #expect(try project.read("o.txt") == ".\n./a.txt\n./deep\n./deep/.hidden\n1\n")
      try await project.tool("chmod", "+x", "data/a.txt")
      #expect(try await project.run().totals.executed == 1, "the executable bit is content")
      try project.write("3\n", to: "data/deep/new")
      #expect(try await project.run().totals.executed == 1)
    }
  }

  @Test func anEmptyFolderIsAnInput() async throws {
    let text = manifest(
      shellStage(
        "list", "ls data > o.txt", #""inputs": { "d": "data/" }, "outputs": { "o": "o.txt" }"#))
    try await withProject(text) { project in
      try project.makeFolder("data")
      let outcome = try await project.pipe("run")
      #expect(outcome.status == 0, "\(outcome)")
    }
  }

  @Test func aMissingInputIsToldWithTheNearestName() async throws {
    let text = manifest(
      shellStage(
        "s", "true", #""inputs": { "d": "data/measurments.csv" }, "outputs": { "o": "o.txt" }"#))
    try await withProject(text) { project in
      try project.write("1\n", to: "data/measurements.csv")
      let outcome = try await project.pipe("run")
      #expect(outcome.status == 1 || outcome.status == 2)
      #expect(outcome.errors.contains("data/measurments.csv"))
      #expect(outcome.errors.contains("did you mean 'data/measurements.csv'"), "\(outcome)")
    }
  }

  @Test func aCollectedInputIsATableAndAListInJSON() async throws {
    let text = manifest(
      shellStage(
        "fit", "echo $PIPE_AXIS_lr-$PIPE_AXIS_m > $PIPE_OUTPUT_f",
        #""map": { "lr": [0.1, 0.01], "m": ["a b", "c"] }, "outputs": { "f": "f/{lr}-{m}" }"#),
      shellStage(
        "best", "cp \"$PIPE_INPUT_fits\" best.csv; cp \"$PIPE_JSON\" best.json",
        #""inputs": { "fits": "fit@*" }, "params": { "k": [1, 2] }, "#
          + #""outputs": { "csv": "best.csv", "json": "best.json" }"#),
      shellStage(
        "each", "cp \"$PIPE_INPUT_fits\" $PIPE_OUTPUT_csv",
        #""inputs": { "fits": "fit@m=*" }, "outputs": { "csv": "each/{lr}.csv" }"#))
    try await withProject(text) { project in
      try await project.run()
      #expect(
        try project.read("best.csv") == """
          lr,m,path
          0.1,a b,f/0.1-a b
          0.1,c,f/0.1-c
          0.01,a b,f/0.01-a b
          0.01,c,f/0.01-c

          """)
      #expect(try project.read("each/0.01.csv") == "m,path\na b,f/0.01-a b\nc,f/0.01-c\n")
      let all = try JSONSerialization.jsonObject(with: Data(try project.read("best.json").utf8))
      let json = try #require(all as? [String: Any])
      let inputs = try #require(json["inputs"] as? [String: [[String: Any]]])
      #expect(inputs["fits"]?.count == 4)
      #expect(inputs["fits"]?.first?["path"] as? String == "f/0.1-a b")
      #expect((json["parameters"] as? [String: [Int]])?["k"] == [1, 2])
      #expect(json["stage"] as? String == "best")
    }
  }

  @Test func aPathInAnOutputIsAnEdge() async throws {
    let text = manifest(
      shellStage(
        "last", "cat gen/sub/b.txt > last.txt",
        #""inputs": { "b": "gen/sub/b.txt" }, "outputs": { "o": "last.txt" }"#),
      shellStage(
        "first", "mkdir -p gen/sub; cat seed > gen/a.txt; echo b > gen/sub/b.txt",
        #""inputs": { "seed": "seed" }, "outputs": { "g": "gen/" }"#))
    try await withProject(text) { project in
      try project.write("1\n", to: "seed")
      #expect(try await project.run().totals == Totals(executed: 2))
      try project.write("2\n", to: "seed")
      let run = try await project.run()
      #expect(run.executed == ["first"], "the part that is read has not changed")
      #expect(try await project.run("last.txt").totals == Totals(hits: 2))
    }
  }

  @Test(arguments: ["gen/", "gen/sub/"])
  func aFolderThatAStageMakesIsReadFromTheStoreAlone(input: String) async throws {
    let text = manifest(
      shellStage(
        "make", "mkdir -p gen/sub; echo b > gen/sub/b.txt", #""outputs": { "g": "gen/" }"#),
      shellStage(
        "list", "find gen -type f > list.txt",
        "\"inputs\": { \"g\": \"\(input)\" }, \"outputs\": { \"l\": \"list.txt\" }"))
    try await withProject(text) { project in
      #expect(try await project.run().totals == Totals(executed: 2))
      try project.write("mine\n", to: "gen/sub/mine.txt")
      #expect(try await project.run().totals == Totals(hits: 2))
      #expect(try project.read("list.txt") == "gen/sub/b.txt\n")
    }
  }

  @Test func aFileOutsideTheProjectIsReadByItsAbsolutePath() async throws {
    try await withProject { project in
      let table = project.outside + "/table.csv"
      try project.write("1\n", to: table)
      let stage = shellStage(
        "s", "cat \"$PIPE_INPUT_t\" > o.txt",
        "\"inputs\": { \"t\": \"\(table)\" }, \"outputs\": { \"o\": \"o.txt\" }")
      try project.write(manifest(stage), to: "pipeline.json")
      try await project.run()
      #expect(try project.read("o.txt") == "1\n")
      try project.write("2\n", to: table)
      #expect(try await project.run().totals.executed == 1)
      #expect(try project.read("o.txt") == "2\n")
    }
  }

  @Test func oneBranchAndAllBranchesOfAStageCanBeRead() async throws {
    let text = manifest(
      shellStage(
        "n", "echo $PIPE_AXIS_i > $PIPE_OUTPUT_o",
        #""map": { "i": [1, 2, 3] }, "outputs": { "o": "n/{i}" }"#),
      shellStage(
        "two", "cat n/* > two.txt", #""inputs": { "n": "n@2" }, "outputs": { "o": "two.txt" }"#),
      shellStage(
        "along", "cat n/* > $PIPE_OUTPUT_o",
        #""inputs": { "n": "n" }, "outputs": { "o": "along/{i}" }"#))
    try await withProject(text) { project in
      try await project.run()
      #expect(try project.read("two.txt") == "2\n")
      #expect(try project.read("along/3") == "3\n")
    }
  }

  @Test func aWildcardIsOneLetterForPlanAndFilesAlike() async throws {
    let text = manifest(
      shellStage(
        "all", "cat out/* > all.txt",
        #""inputs": { "o": "out/?.txt" }, "outputs": { "o": "all.txt" }"#),
      shellStage(
        // Whoever does not wait for the second branch comes too early.
        "n", "test $PIPE_AXIS_n = a || sleep 0.5; echo $PIPE_AXIS_n > $PIPE_OUTPUT_o",
        "\"map\": { \"n\": [\"a\", \"\u{e9}\"] }, \"outputs\": { \"o\": \"out/{n}.txt\" }"))
    try await withProject(text) { project in
      let run = try await project.run()
      #expect(run.totals == Totals(executed: 3))
      #expect(try project.read("all.txt") == "a\n\u{e9}\n")
      #expect(try await project.run().totals == Totals(hits: 3))
    }
  }

  private static let make = shellStage(
    "make", "mkdir -p out d; cp seed out/a.txt; cp seed d/b.txt",
    #""inputs": { "s": "seed" }, "outputs": { "a": "out/a.txt", "d": "d/" }"#)

  private static func read(_ input: String, in folder: String) -> String {
    shellStage(
      "read", #"cat $(find "$PIPE_INPUT_i" -type f) > o"#,
      "\"inputs\": { \"i\": \(jsonText(folder + input)) }, \"outputs\": { \"o\": \"o\" }")
  }

  @Test(arguments: [
    "/project/out/a.txt", "/project/d/b.txt", "/project/d/", "/project/out/", "/link/out/a.txt",
    "/link/d/", "/outlink/a.txt",
  ])
  func anAbsolutePathInTheProjectIsAnEdge(input: String) async throws {
    try await withProject { project in
      let base = String(project.root.dropLast("/project".count))
      for (link, target) in [("link", "project"), ("outlink", "project/out")] {
        try FileManager.default.createSymbolicLink(
          atPath: base + "/" + link, withDestinationPath: target)
      }
      try project.write(manifest(Self.read(input, in: base), Self.make), to: "pipeline.json")
      try project.makeFolder("out")
      for text in ["1\n", "2\n"] {
        try project.write(text, to: "seed")
        #expect(try await project.run().totals == Totals(executed: 2))
        #expect(try project.read("o") == text)
      }
      #expect(try await project.run().totals == Totals(hits: 2))
    }
  }

  @Test(arguments: [
    ("latest.txt", "latest.txt", "out/a.txt"), ("latest.txt", "*.txt", "out/a.txt"),
    ("latest.txt", "links/", "out/a.txt"), ("folder", "folder/a.txt", "out/a.txt"),
    ("folder", "folder/", "out/a.txt"), ("folder", "*/?.txt", "out/a.txt"),
    ("inner", "inner/b.txt", "d"), ("inner", "inner/", "d"), ("outside", "/outside", "out/a.txt"),
    ("self", "self/out/a.txt", "out/a.txt"), ("self", "self/d/", "d"),
  ])
  func aLinkToAnOutputIsRefused(link: String, input: String, output: String) async throws {
    try await withProject { project in
      let isOutside = input.hasPrefix("/")
      let stages = [
        Self.read(input, in: isOutside ? project.outside : ""), Self.make,
      ]
      try project.write(manifest(stages[0], stages[1]), to: "pipeline.json")
      try project.write("1\n", to: "seed")
      try project.write("1\n", to: "links/plain")
      // What an earlier run left.
      try project.write("old\n", to: "out/a.txt")
      try project.write("old\n", to: "d/b.txt")
      for (name, target) in [
        ("latest.txt", "out/a.txt"), ("folder", "out"), ("inner", "d"), ("self", "."),
        (project.outside + "/outside", project.path("out/a.txt")),
      ] where name.hasSuffix(link) {
        try FileManager.default.createSymbolicLink(
          atPath: project.path(name), withDestinationPath: target)
      }
      if input == "links/" {
        try FileManager.default.createSymbolicLink(
          atPath: project.path("links/latest.txt"), withDestinationPath: "../out/a.txt")
      }
      let outcome = try await project.pipe("run", "-k")
      #expect(outcome.status == 1, "\(outcome)")
      let cause = "through a symbolic link, the output '\(output)'"
      #expect(outcome.errors.contains(cause), "\(outcome)")
    }
  }
}
