import PipelineManifest
import Testing

/// One mistake: a manifest in which `‸` marks where it is told.
struct Mistake: Sendable, CustomTestStringConvertible {
  let text: String
  let message: String
  var suggestion: String?

  init(_ stages: String, _ message: String, _ suggestion: String? = nil) {
    text = "{\"stages\": {\n" + stages + "\n}}"
    self.message = message
    self.suggestion = suggestion
  }

  init(whole text: String, _ message: String, _ suggestion: String? = nil) {
    self.text = text
    self.message = message
    self.suggestion = suggestion
  }

  var testDescription: String { message }

  /// The text without its mark, and where that stood.
  func unmarked() throws -> (text: String, line: Int, column: Int, offset: Int) {
    let mark = try #require(text.unicodeScalars.firstIndex(of: "‸"))
    let before = text[..<mark]
    let line = before.split(separator: "\n", omittingEmptySubsequences: false)
    return (
      String(before + text[text.unicodeScalars.index(after: mark)...]), line.count,
      (line.last?.unicodeScalars.count ?? 0) + 1, before.utf8.count
    )
  }
}

/// A command stage with some members.
func command(_ name: String, _ members: String) -> String {
  "\"\(name)\": {\"kind\": \"command\", \"command\": [\"x\"], \"outputs\": {\"o\": \"\(name).txt\"}, \(members)}"
}

/// A stage of the kind `dataset`, called `d`, and one of the kind `train`, called `t`.
let sources = "\"d\": {\"kind\": \"dataset\", \"params\": {\"sources\": [\"a\"]}},\n"
let trained =
  sources
  + "\"t\": {\"kind\": \"train\", \"inputs\": {\"data\": \"d\"}, \"map\": {\"model\": [0, 1, 2]}},\n"

@Suite struct MistakeTests {
  private func check(_ mistake: Mistake) throws {
    let (text, line, column, offset) = try mistake.unmarked()
    let found = problems(text)
    let problem = try #require(
      found.first { $0.line == line && $0.column == column }, "\(found)")
    #expect(found.count == 1, "\(found)")
    #expect(problem.message.contains(mistake.message), "\(problem)")
    #expect(problem.suggestion == mistake.suggestion)
    if case .file(let position) = problem.location { #expect(position.offset == offset) }
  }

  @Test(arguments: [
    Mistake(whole: "‸", "empty"),
    Mistake(whole: " \n ‸", "empty"),
    Mistake(whole: "{\"stages\": {\"d\": ‸", "ends too early"),
    Mistake(whole: "{\"stages\": {‸", "ends too early"),
    Mistake(whole: "‸[]", "not an object"),
    Mistake(whole: "‸{}", "no \"stages\""),
    Mistake(whole: "{\"stages\": ‸{}}", "no stage"),
    Mistake(whole: "{\"stages\": ‸3}", "not an object"),
    Mistake(whole: "{\(trained.dropLast(2))} ‸x", "cannot be read"),
    Mistake(whole: "{\"stages\": {\"a‸: 1}}", "not closed"),
    Mistake(whole: "\u{FEFF}‸", "byte order mark"),
  ]) func textsThatAreNoManifest(_ mistake: Mistake) throws {
    let (text, _, _, _) = try mistake.unmarked()
    let found = problems(text)
    #expect(!found.isEmpty)
    #expect(found.allSatisfy { $0.line >= 1 && $0.column >= 1 })
  }

  @Test(arguments: [
    Mistake(
      "\"d\": {\"kind\": \"dataset\", \"params\": {\"sources\": [\"a\"‸,]}}", "comma after the last"
    ),
    Mistake(
      "\"d\": {\"kind\": \"dataset\", \"params\": {\"sources\": [\"a\"]}}‸,", "comma after the last"
    ),
    Mistake(
      "\"d\": {\"kind\": \"dataset\"‸ \"params\": {\"sources\": [\"a\"]}}", "comma is missing"),
    Mistake(
      "‸// the data\n\"d\": {\"kind\": \"dataset\", \"params\": {\"sources\": [\"a\"]}}",
      "no comments"),
    Mistake(
      "‸/* the * data */\"d\": {\"kind\": \"dataset\", \"params\": {\"sources\": [\"a\"]}}",
      "no comments"),
    Mistake("\"d\": {\"kind\": ‸'dataset', \"params\": {\"sources\": [\"a\"]}}", "double quotes"),
    Mistake("\"d\": {‸kind: \"dataset\", \"params\": {\"sources\": [\"a\"]}}", "double quotes"),
    Mistake("\"d\": {\"kind\" ‸= \"dataset\", \"params\": {\"sources\": [\"a\"]}}", "colon"),
    Mistake(
      "\"d\": {\"kind\" ‸\"dataset\", \"params\": {\"sources\": [\"a\"]}}", "colon is missing"),
    Mistake(trained + command("c", "\"retries\": ‸NaN"), "no JSON value"),
    Mistake(trained + command("c", "\"retries\": ‸True"), "no JSON value"),
    Mistake(trained + command("c", "\"retries\": ‸01"), "writes a number"),
    Mistake(trained + command("c", "\"retries\": ‸+1"), "writes a number"),
    Mistake(trained + command("c", "\"retries\": ‸1."), "writes a number"),
    Mistake(trained + command("c", "\"retries\": ‸0x10"), "writes a number"),
    Mistake(trained + command("c", "\"retries\": ‸99999999999999999999"), "64 bits"),
    Mistake(trained + command("c", "\"timeout\": ‸1e999"), "too large"),
    Mistake(trained + command("c", "\"description\": \"é ‸\\x\""), "escape"),
    Mistake(trained + command("c", "\"description\": \"😀 ‸\\ud800\""), "surrogate"),
    Mistake(trained + command("c", "\"description\": \"tab ‸\t\""), "control character"),
    Mistake(trained + command("c", "\"retries\": 1, ‸\"retries\": 2"), "twice"),
    Mistake(sources + "‸" + sources.dropLast(2), "twice"),
  ]) func slipsOfSyntax(_ mistake: Mistake) throws { try check(mistake) }

  @Test(arguments: [
    Mistake(
      whole: "{‸\"stagez\": 1, \"stages\": {\(sources.dropLast(2))}}", "no key 'stagez'", "stages"),
    Mistake("\"d\": {\"kind\": ‸\"datset\"}", "no stage kind", "dataset"),
    Mistake("\"d\": {\"kind\": ‸7}", "not text"),
    Mistake("‸\"d\": {}", "has no kind"),
    Mistake("\"d\": ‸[]", "not an object"),
    Mistake("‸\"1d\": {\"kind\": \"dataset\", \"params\": {\"sources\": [\"a\"]}}", "no name"),
    Mistake(
      "\"d\": {\"kind\": \"dataset\", \"params\": {\"sources\": [\"a\"]}, ‸\"parms\": {}}",
      "no key 'parms'", "params"),
    Mistake(
      "\"d\": {\"kind\": \"dataset\", \"params\": {\"sources\": [\"a\"]}, ‸\"timeout\": 1}",
      "kind 'command'"),
    Mistake("\"d\": {\"kind\": \"dataset\", \"params\": ‸[]}", "not an object"),
    Mistake("‸\"d\": {\"kind\": \"dataset\"}", "'sources' is missing"),
    Mistake("\"d\": {\"kind\": \"dataset\", \"params\": ‸{}}", "'sources' is missing"),
    Mistake("\"d\": {\"kind\": \"dataset\", \"params\": {\"sources\": [\"a\", ‸3]}}", "wrong type"),
    Mistake("\"d\": {\"kind\": \"dataset\", \"params\": {\"sources\": ‸[]}}", "0 elements"),
    Mistake(
      "\"d\": {\"kind\": \"dataset\", \"params\": {\"sources\": [\"a\", ‸\"\"]}}",
      "'sources[1]' is empty"),
  ]) func mistakesInStages(_ mistake: Mistake) throws { try check(mistake) }

  static func train(_ members: String) -> String {
    sources + "\"t\": {\"kind\": \"train\", \"inputs\": {\"data\": \"d\"}, \(members)}"
  }

  static func perturb(_ sigma: String) -> String {
    train("\"params\": {}") + ",\n\"p\": {\"kind\": \"perturb\", "
      + "\"inputs\": {\"data\": \"d\", \"model\": \"t\"}, \"params\": {\"sigma\": \(sigma)}}"
  }

  @Test(arguments: [
    Mistake(train("\"params\": {\"hidden\": ‸0}"), "out of range"),
    Mistake(perturb("‸0"), "out of range"),
    Mistake(perturb("‸\"1\""), "wrong type"),
    Mistake(perturb("‸[]"), "0 elements"),
    Mistake(perturb("[1, ‸20]"), "out of range"),
    Mistake(perturb("[1, ‸[2]]"), "wrong type"),
    Mistake(train("\"params\": {\"hidden\": ‸2.5}"), "wrong type"),
    Mistake(train("\"params\": {\"hidden\": ‸\"20\"}"), "wrong type"),
    Mistake(train("\"params\": {\"hidden\": ‸13}"), "must not be 13"),
    Mistake(train("\"params\": {‸\"hiden\": 20}"), "no parameter 'hiden'", "hidden"),
    Mistake(train("\"params\": {\"activation\": ‸\"rleu\"}"), "no choice", "relu"),
    Mistake(train("\"params\": {\"batchNorm\": ‸1}"), "wrong type"),
    Mistake(train("\"params\": {\"data\": {\"train\": ‸60001}}"), "out of range"),
    Mistake(train("\"params\": {\"data\": {‸\"trian\": 6}}"), "no parameter 'data.trian'", "train"),
    Mistake(train("\"params\": {\"optimizer\": {\"name\": ‸\"adma\"}}"), "no choice", "adam"),
    Mistake(
      train("\"params\": {\"optimizer\": {\"name\": \"sgd\", ‸\"beta1\": 0.5}}"),
      "no parameter 'optimizer.beta1'"),
    Mistake(train("\"params\": {\"optimizer\": {\"learningRate\": ‸0}}"), "out of range"),
    Mistake(train("\"params\": {\"optimizer\": ‸\"adam\"}"), "wrong type"),
    Mistake(train("\"outputs\": {‸\"weigths\": \"w.st\"}"), "no output 'weigths'", "weights"),
    Mistake(train("\"outputs\": {\"weights\": ‸\"w/\"}"), "one file"),
    Mistake(train("\"map\": {‸\"modle\": [1]}"), "no parameter of kind 'train'", "model"),
    Mistake(train("\"map\": {\"hidden\": [5, ‸0]}"), "out of range"),
    Mistake(train("\"map\": {\"optimizer.name\": [\"adam\", ‸\"sdg\"]}"), "no choice", "sgd"),
    Mistake(train("\"map\": {‸\"hidden\": [5, 13]}"), "must not be 13"),
    Mistake(train("\"map\": ‸{}"), "no axis"),
    Mistake(train("\"map\": {\"hidden\": ‸[]}"), "no values"),
    Mistake(train("\"map\": {\"hidden\": ‸7}"), "neither a list nor a range"),
    Mistake(train("\"map\": {\"hidden\": [5, ‸5]}"), "twice"),
    Mistake(train("\"map\": {\"hidden\": [5, ‸null]}"), "cannot be the value"),
    Mistake(train("\"map\": {\"model\": ‸{\"from\": 0}}"), "no \"count\""),
    Mistake(train("\"map\": {\"model\": {\"from\": 0, \"count\": ‸0}}"), "out of range"),
    Mistake(train("\"map\": {\"model\": {\"from\": 0, \"count\": ‸1000001}}"), "out of range"),
    Mistake(
      train("\"map\": {\"model\": ‸{\"from\": 0, \"count\": 2, \"step\": 0}}"), "not all different"),
    Mistake(
      train("\"map\": {\"model\": ‸{\"from\": 9223372036854775807, \"count\": 2}}"),
      "not all different"),
    Mistake(
      train("\"map\": {\"model\": {\"from\": 0, \"count\": 2, ‸\"stp\": 1}}"), "no key 'stp'",
      "step"),
    Mistake(
      train("\"map\": [{\"model\": 1, \"hidden\": 5}, ‸{\"model\": 2}]"), "lacks the axis 'hidden'"),
    Mistake(train("\"map\": [{\"model\": 1}, {\"model\": 2, ‸\"hiden\": 2}]"), "no axis 'hiden'"),
    Mistake(train("\"map\": [{\"model\": 1}, ‸{\"model\": 1}]"), "twice"),
    Mistake(train("\"map\": ‸[]"), "no points"),
  ]) func mistakesInParametersAndMaps(_ mistake: Mistake) throws { try check(mistake) }

  @Test(arguments: [
    Mistake(
      sources + "\"t\": {\"kind\": \"train\", \"inputs\": {\"data\": ‸\"dd\"}}", "no stage 'dd'",
      "d"),
    Mistake(sources + "‸\"t\": {\"kind\": \"train\"}", "lacks the input 'data'"),
    Mistake(
      sources + "\"t\": {\"kind\": \"train\", \"inputs\": {\"data\": \"d\", ‸\"dta\": \"d\"}}",
      "no input 'dta'", "data"),
    Mistake(sources + "\"t\": {\"kind\": \"train\", \"inputs\": {\"data\": ‸3}}", "not text"),
    Mistake(
      sources + "\"t\": {\"kind\": \"train\", \"inputs\": {\"data\": ‸\"data/x.idx\"}}", "not files"
    ),
    Mistake(
      sources + "\"t\": {\"kind\": \"train\", \"inputs\": {\"data\": ‸\"d@*\"}}",
      "one branch at a time"),
    Mistake(
      sources + "\"t\": {\"kind\": \"train\", \"inputs\": {\"data\": ‸\"d.images\"}}",
      "several outputs"),
    Mistake(
      trained + "\"p\": {\"kind\": \"perturb\", \"inputs\": {\"data\": ‸\"t\", \"model\": \"t\"}}",
      "no output 'images', 'labels'"),
    Mistake(
      trained + "\"a\": {\"kind\": \"report\", \"inputs\": {\"analysis\": ‸\"t\"}}",
      "no output 'analysis'"),
    Mistake(trained + command("c", "\"inputs\": {\"w\": ‸\"t@0\"}"), "several outputs"),
    Mistake(
      trained + command("c", "\"inputs\": {\"w\": ‸\"t.weigths@0\"}"), "no output 'weigths'",
      "weights"),
    Mistake(
      trained + command("c", "\"inputs\": {\"w\": ‸\"t.weights@modle=*\"}"), "no axis 'modle'",
      "model"),
    Mistake(trained + command("c", "\"inputs\": {\"w\": ‸\"t.weights@7\"}"), "no branch 'model=7'"),
    Mistake(
      trained + command("c", "\"inputs\": {\"w\": ‸\"t.weights@model=7\"}"), "no branch 'model=7'"),
    Mistake(trained + command("c", "\"inputs\": {\"w\": ‸\"d.images@3\"}"), "no axis"),
    Mistake(trained + command("c", "\"inputs\": {\"w\": ‸\"t.weights@\"}"), "empty"),
    Mistake(trained + command("c", "\"inputs\": {\"w\": ‸\"t.weights@model=1,model=2\"}"), "twice"),
    Mistake(trained + command("c", "\"inputs\": {\"w\": ‸\"Makefile\"}"), "no stage 'Makefile'"),
    Mistake(trained + command("c", "\"inputs\": {\"w\": ‸\"x@*\"}"), "no stage 'x'"),
    Mistake(trained + command("c", "\"inputs\": {\"w\": ‸\"../x\"}"), "'..'"),
    Mistake(
      trained + command("c", "\"inputs\": {\"w\": ‸\"cache/objects/\"}"), "changes with every run"),
    Mistake(trained + command("c", "\"inputs\": {\"w\": ‸\"./\"}"), "whole project"),
    Mistake(trained + command("c", "\"inputs\": {\"w\": ‸\"c.txt\"}"), "its own stage"),
    Mistake(trained + command("c", "\"inputs\": {\"w\": ‸\"*.txt\"}"), "its own stage"),
    Mistake(
      trained + command("c", "\"inputs\": {\"w\": \"t.weights\"}, \"map\": {‸\"model\": [1]}"),
      "already carries"),
    Mistake(trained + command("c", "\"inputs\": {\"w\": ‸\"books/{bok}.txt\"}"), "names nothing"),
    Mistake(command("c", "\"inputs\": {\"w\": ‸\"c\"}"), "cycle"),
    Mistake(
      command("a", "\"inputs\": {\"w\": ‸\"b\"}") + ","
        + command("b", "\"inputs\": {\"w\": \"a\"}"), "cycle"),
    Mistake(
      command("a", "\"inputs\": {\"w\": ‸\"b.txt\"}") + ","
        + command("b", "\"inputs\": {\"w\": \"a\"}"), "cycle"),
  ]) func mistakesInInputs(_ mistake: Mistake) throws { try check(mistake) }

  static func stage(_ members: String) -> String {
    "\"a\": {\"kind\": \"command\", \"command\": [\"x\"], \"outputs\": {\"o\": \"out/a.txt\"}},"
      + "\"c\": {\"kind\": \"command\", \(members)}"
  }

  @Test(arguments: [
    Mistake(
      stage("\"command\": \"x\", \"outputs\": {\"o\": ‸\"out/a.txt\"}"), "is also output 'o' of 'a'"
    ),
    Mistake(
      stage("\"command\": \"x\", \"outputs\": {\"o\": ‸\"./out//a.txt\"}"),
      "is also output 'o' of 'a'"),
    Mistake(
      stage("\"command\": \"x\", \"outputs\": {\"o\": ‸\"out/\"}"), "holds output 'o' of 'a'"),
    Mistake(
      stage("\"command\": \"x\", \"outputs\": {\"o\": ‸\"out/a.txt/b\"}"),
      "lies in output 'o' of 'a'"),
    Mistake(stage("\"command\": \"x\", \"outputs\": {\"o\": ‸\"/tmp/x\"}"), "absolute"),
    Mistake(stage("\"command\": \"x\", \"outputs\": {\"o\": ‸\"out/../../x\"}"), "'..'"),
    Mistake(
      stage("\"command\": \"x\", \"outputs\": {\"o\": ‸\"pipeline.json\"}"),
      "overwrite 'pipeline.json'"),
    Mistake(
      stage("\"command\": \"x\", \"outputs\": {\"o\": ‸\".git/hooks/x\"}"), "overwrite '.git'"),
    Mistake(stage("\"command\": \"x\", \"outputs\": {\"o\": ‸\"cache/\"}"), "overwrite 'cache'"),
    Mistake(stage("\"command\": \"x\", \"outputs\": {\"o\": ‸\"./\"}"), "project itself"),
    Mistake(stage("\"command\": \"x\", \"outputs\": {\"o\": ‸\"out/*.csv\"}"), "wildcard"),
    Mistake(stage("\"command\": \"x\", \"outputs\": {\"o\": ‸\"\"}"), "empty"),
    Mistake(stage("\"command\": \"x\", \"outputs\": {\"o\": ‸\"a\\u0000b\"}"), "NUL"),
    Mistake(stage("\"command\": \"x\", \"outputs\": ‸{}"), "no output"),
    Mistake(
      stage("\"command\": \"x\", \"outputs\": {\"o\": \"o\"}, \"inputs\": {\"f\": ‸\"./out\"}"),
      "folder that holds outputs"),
    Mistake(
      stage("\"command\": \"x\", \"map\": {\"i\": [1, 2]}, \"outputs\": {\"o\": ‸\"o.txt\"}"),
      "of 'c@i=2' is also output 'o' of 'c@i=1'"),
    Mistake(
      stage("\"command\": \"x\", \"map\": {\"i\": [1, 2]}, \"outputs\": {\"o\": ‸\"{j}.txt\"}"),
      "names nothing"),
    Mistake(
      stage(
        "\"command\": \"x\", \"map\": {\"i\": [\"..\", \"b\"]}, \"outputs\": {\"o\": ‸\"{i}/a\"}"),
      "'..'"),
    Mistake(
      stage(
        "\"command\": ‸\"x {inputs.f} > y\", \"inputs\": {\"f\": \"src/\"}, \"outputs\": {\"o\": \"o\"}"
      ), "nothing is pasted"),
    Mistake(
      stage(
        "\"command\": [\"x\", ‸\"{input.f}\"], \"inputs\": {\"f\": \"src/\"}, \"outputs\": {\"o\": \"o\"}"
      ), "names nothing", "inputs.f"),
    Mistake(
      stage(
        "\"command\": [\"x\", ‸\"{params.minimun}\"], \"params\": {\"minimum\": 3}, \"outputs\": {\"o\": \"o\"}"
      ), "names nothing", "params.minimum"),
    Mistake(stage("\"command\": [\"x\", ‸\"a}\"], \"outputs\": {\"o\": \"o\"}"), "closes nothing"),
    Mistake(stage("\"command\": [\"x\", ‸\"a{\"], \"outputs\": {\"o\": \"o\"}"), "not closed"),
    Mistake(stage("\"command\": ‸[], \"outputs\": {\"o\": \"o\"}"), "is empty"),
    Mistake(stage("\"command\": [\"x\", ‸3], \"outputs\": {\"o\": \"o\"}"), "not text"),
    Mistake(stage("\"command\": ‸true, \"outputs\": {\"o\": \"o\"}"), "neither text nor a list"),
    Mistake(
      stage("\"command\": \"x\", \"outputs\": {\"o\": \"o\"}, \"timeout\": ‸\"ten\""),
      "no time limit"),
    Mistake(
      stage("\"command\": \"x\", \"outputs\": {\"o\": \"o\"}, \"timeout\": ‸0"), "no time limit"),
    Mistake(
      stage("\"command\": \"x\", \"outputs\": {\"o\": \"o\"}, \"memory\": ‸\"2 G\""), "no amount"),
    Mistake(
      stage("\"command\": \"x\", \"outputs\": {\"o\": \"o\"}, \"cores\": ‸0"), "out of range"),
    Mistake(
      stage("\"command\": \"x\", \"outputs\": {\"o\": \"o\"}, \"workdir\": ‸\"projet\""),
      "no such work folder", "project"),
    Mistake(
      stage("\"command\": \"x\", \"outputs\": {\"o\": \"o\"}, \"environment\": [\"A\", ‸\"A=B\"]"),
      "no name of an environment"),
    Mistake(
      stage("\"command\": \"x\", \"outputs\": {\"o\": \"o\"}, \"params\": {‸\"a.b\": 1}"),
      "no name for a parameter"),
    Mistake(
      stage("\"command\": \"x\", \"outputs\": {\"a.b\": \"p\", ‸\"a-b\": \"q\"}"),
      "the same variable"),
    Mistake(
      stage(
        "\"command\": [\"x\", ‸\"-f={inputs.f}\"], \"inputs\": {\"f\": \"a@*\"}, \"outputs\": {\"o\": \"o\"}"
      ), "a collected input stands for many arguments, so it is an argument of its own"),
    Mistake(
      stage(
        "\"command\": [\"x\", ‸\"-f={inputs.f}\"], \"inputs\": {\"f\": \"*.py\"}, \"outputs\": {\"o\": \"o\"}"
      ), "an input that is a pattern stands for many arguments"),
    Mistake(
      stage(
        "\"command\": \"x\", \"outputs\": {\"o\": \"o\"}, \"params\": ‸{\"x\": {\"y\": 1}, \"x_y\": 2}"
      ),
      "'x.y' and 'x_y' would be the same variable"),
  ]) func mistakesInCommands(_ mistake: Mistake) throws {
    try check(mistake)
  }

  @Test func aCycleIsNamedWhole() throws {
    let text =
      "{\"stages\": {" + command("a", "\"inputs\": {\"w\": \"b\"}") + ","
      + command("b", "\"inputs\": {\"w\": \"c\"}") + ","
      + command("c", "\"inputs\": {\"w\": \"a\"}")
      + "}}"
    let found = problems(text)
    #expect(found.map(\.found) == ["a → b → c → a"])
    #expect(found.map(\.path) == ["stages.a.inputs.w"])
  }

  @Test func axesThatDoNotMatchNameBothSides() throws {
    let text =
      "{\"stages\": {"
      + command("a", "\"map\": {\"i\": [1, 2]}").replacing("a.txt", with: "a{i}") + ","
      + command("b", "\"map\": {\"i\": [1, 3]}").replacing("b.txt", with: "b{i}") + ","
      + command("c", "\"inputs\": {\"x\": \"a\", \"y\": \"b\"}") + "}}"
    let problem = try #require(problems(text).first)
    #expect(problem.path == "stages.c.inputs.y")
    #expect(problem.message.contains("'x' (a) and 'y' (b) share the axis 'i'"))
    #expect(problem.found?.contains("i=3 is only in 'y' (b)") == true)
  }

  @Test func allMistakesAreToldAtOnceInFileOrder() {
    let text = """
      {
        "stages": {
          "d": { "kind": "dataset", "parms": {}, "params": { "sources": ["a"], } },
          "t": { "kind": "train", "inputs": { "data": "e" }, "params": { "hidden": 0 } },
          "c": { "kind": "comand" },
          "e": { "kind": "command", "command": "x", "outputs": { "o": "/x" } }
        }
      }
      """
    let found = problems(text)
    #expect(found.map(\.line) == [3, 3, 4, 4, 5, 6])
    #expect(
      found.map(\.path) == [
        "stages.d.parms", "stages.d.params", "stages.t.inputs.data", "stages.t.params.hidden",
        "stages.c.kind", "stages.e.outputs.o",
      ])
    #expect(found[0].text(file: "p.json").hasPrefix("p.json:3:31: the stage has no key 'parms'\n"))
  }

  @Test(arguments: [2, 15, 16, 17, 18, 40], ["k0", "k1", "k\\u0031", "é"])
  func keysThatStandTwiceAreFound(_ count: Int, _ again: String) {
    var keys = ["é"] + (0..<count).map { "k\($0)" }
    keys.append(again)
    let members = keys.map { "\"\($0)\": 1" }.joined(separator: ", ")
    let text = "{\"stages\": {" + command("c", "\"params\": {\"p\": {\(members)}}") + "}}"
    let found = problems(text)
    #expect(found.count == 1)
    #expect(found.first?.message.contains("stands twice") == true)
  }

  @Test func positionsCountCharactersNotBytes() throws {
    let text = "{\"stages\": {\"d\": {\"description\": \"é😀\", \"kind\": 3}}}\r\n"
    let problem = try #require(problems(text).first)
    #expect((problem.line, problem.column) == (1, 48))
    let second = try #require(problems("{\r\n \"stagez\": 1, \"stages\": {}}").first)
    #expect((second.line, second.column) == (2, 2))
  }

  @Test func hostileTextsAreRefused() {
    let deep = String(repeating: "[", count: 1_000_000)
    #expect(problems(deep).first?.message.contains("nest deeper") == true)
    #expect(problems("{\"stages\":" + String(repeating: "{\"a\":", count: 100_000)).count == 1)
    let many = (0..<3_000).map { "\"\($0)x\": {}" }.joined(separator: ",")
    #expect(problems("{\"stages\": {\(many)}}").count == 1_001)
    let invalid: [[UInt8]] = [[0xFF, 0xFE, 0], [0xC0, 0x80], [0x22, 0xC0, 0xAF, 0x22], [0]]
    for bytes in invalid {
      #expect(throws: InvalidManifest.self) {
        try ManifestLoader.plan(file: "p", text: bytes, kinds: ExampleKinds.all)
      }
    }
  }

  @Test func overridesAreCheckedLikeTheFile() {
    func told(_ argument: String) -> ManifestProblem? {
      problems(experiment, overrides: [argument]).first
    }
    #expect(told("trian.hidden=5")?.suggestion == "train")
    #expect(told("train.hiden=5")?.suggestion == "hidden")
    #expect(told("train.hidden=0")?.message == "'hidden' is out of range")
    #expect(told("train.hidden=x")?.location == .override("train.hidden=x"))
    #expect(told("train.model=3")?.message.contains("own axis") == true)
    #expect(told("words.minimun=3")?.suggestion == "minimum")
    #expect(told("train=3")?.message.contains("no parameter") == true)
    #expect(told("train.hidden")?.message.contains("no value") == true)
  }
}
