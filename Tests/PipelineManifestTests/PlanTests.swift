import PipelineManifest
import StageInterface
import Testing

@Suite struct PlanTests {
  @Test func theExperimentPlans() throws {
    let plan = try plan(experiment)
    #expect(
      plan.stages.map(\.name) == [
        "mnist", "train", "perturb", "analyze", "report", "words", "total",
      ])
    #expect(plan.stages.map(\.branches.count) == [1, 20, 20, 1, 1, 2, 1])
    #expect(plan.stages.map(\.depth) == [4, 3, 2, 1, 0, 1, 0])
    #expect(plan.branches.map(\.id) == Array(0..<46))
    #expect(plan.name(of: 1 + 7) == "train@model=7")
    #expect(plan.name(of: 21 + 7) == "perturb@model=7")
    let perturb = plan.branches[28]
    #expect(perturb.dependencies == [0, 8])
    guard case .outputs(8, ["weights"]) = perturb.inputs[1].source else {
      Issue.record("\(perturb.inputs[1])")
      return
    }
    let analyze = plan.branches[41]
    #expect(analyze.dependencies.isEmpty)
    #expect(
      analyze.collections.map { plan.collections[$0].branches } == [Array(1...20), Array(21...40)])
    #expect(plan.allDependencies(of: 41) == Array(1...40))
    #expect(plan.branches[42].outputs.map(\.path) == ["reports"])
    #expect(plan.branches[42].outputs.map(\.form) == [.folder])
    #expect(plan.branches[43].outputs.map(\.path) == ["out/persuasion.csv"])
    guard
      case .files(.file("books/persuasion.txt"), producers: []) = plan.branches[43].inputs[0].source
    else {
      Issue.record("\(plan.branches[43].inputs[0])")
      return
    }
    #expect(plan.stages[5].command?.timeout == 600)
    #expect(plan.stages[5].command?.retries == 1)
  }

  @Test func parametersAreCompleteAndAxesSetThem() throws {
    let plan = try plan(
      stages: sources + """
        "t": {"kind": "train", "inputs": {"data": "d"}, "params": {"hidden": 5.0},
              "map": {"optimizer.learningRate": [1, 0.5], "model": [3, 4]}}
        """)
    let stage = try #require(plan.stage(named: "t"))
    #expect(stage.axes.map(\.name) == ["model", "optimizer.learningRate"])
    let names = stage.branches.map(plan.name)
    #expect(
      names == [
        "t@model=3,optimizer.learningRate=1", "t@model=3,optimizer.learningRate=0.5",
        "t@model=4,optimizer.learningRate=1", "t@model=4,optimizer.learningRate=0.5",
      ])
    let last = plan.branches[stage.branches.upperBound - 1]
    #expect(
      last.parameters.description == #"""
        {"activation":"relu","batchNorm":false,"data":{"train":60000},"hidden":5,"model":4,"optimizer":{"beta1":0.9,"learningRate":0.5,"name":"adam"},"seed":1}
        """#)
    #expect(plan.branches[1].parameters[path: "optimizer.learningRate"] == .number(1))
    #expect(plan.branches[0].parameters[path: "sources"] == .list([.string("a")]))
    #expect(plan.branches[0].keyParameters == .object([:]))
  }

  @Test func anAxisMayChooseTheCaseOfAVariant() throws {
    let plan = try plan(
      stages: sources + """
        "t": {"kind": "train", "inputs": {"data": "d"},
              "map": [{"optimizer.name": "sgd", "model": 1}, {"optimizer.name": "adam", "model": 2}]}
        """)
    let optimizers = plan.branches[1...].map { $0.parameters[path: "optimizer"]?.description }
    #expect(
      plan.branches[1...].map(\.id).map(plan.name) == [
        "t@model=1,optimizer.name=sgd", "t@model=2,optimizer.name=adam",
      ])
    #expect(
      optimizers == [
        #"{"learningRate":0.1,"name":"sgd"}"#,
        #"{"beta1":0.9,"learningRate":0.001,"name":"adam"}"#,
      ])
  }

  @Test func inputsThatShareAnAxisAreMatchedOnIt() throws {
    let plan = try plan(
      stages: #"""
        "a": {"kind": "command", "map": {"i": [2, 1], "j": ["x", "y"]}, "command": ["a"], "outputs": {"o": "a/{i}{j}"}},
        "b": {"kind": "command", "map": {"i": [1, 2]}, "command": ["b"], "outputs": {"o": "b/{i}"}},
        "c": {"kind": "command", "inputs": {"a": "a", "b": "b"}, "map": {"h": [true]}, "command": ["c"],
              "outputs": {"o": "c/{h}/{i}{j}"}},
        "e": {"kind": "command", "inputs": {"c": "c@i=*"}, "command": ["e", "{inputs.c}", "{j}"], "outputs": {"o": "e/{j}{h}"}},
        "f": {"kind": "command", "inputs": {"c": "c@i=1,j=y"}, "command": "f", "outputs": {"o": "f"}}
        """#)
    let c = try #require(plan.stage(named: "c"))
    #expect(
      c.branches.map(plan.name) == [
        "c@h=true,i=2,j=x", "c@h=true,i=2,j=y", "c@h=true,i=1,j=x", "c@h=true,i=1,j=y",
      ])
    #expect(c.axes.map(\.isOwn) == [true, false, false])
    #expect(
      c.branches.map { plan.branches[$0].dependencies } == [[0, 5], [1, 5], [2, 4], [3, 4]])
    let e = try #require(plan.stage(named: "e"))
    #expect(e.branches.map(plan.name) == ["e@h=true,j=x", "e@h=true,j=y"])
    let collections = e.branches.flatMap { plan.branches[$0].collections }.map {
      plan.collections[$0]
    }
    #expect(collections.map(\.axes) == [["i"], ["i"]])
    #expect(
      collections.map { $0.branches.map(plan.name) } == [
        ["c@h=true,i=2,j=x", "c@h=true,i=1,j=x"], ["c@h=true,i=2,j=y", "c@h=true,i=1,j=y"],
      ])
    #expect(collections[0].elements.map(\.axisValues) == [[.integer(2)], [.integer(1)]])
    let f = try #require(plan.stage(named: "f"))
    #expect(f.axes.map(\.name) == ["h"])
    #expect(
      plan.branches[f.branches.lowerBound].dependencies.map(plan.name) == ["c@h=true,i=1,j=y"])
  }

  @Test func rangesPointsAndValues() throws {
    let plan = try plan(
      stages: #"""
        "a": {"kind": "command", "map": {"x": {"from": 0.5, "count": 3, "step": 0.25}}, "command": ["a"], "outputs": {"o": "{x}"}},
        "b": {"kind": "command", "map": {"n": {"from": 7, "count": 2, "step": -3}, "s": ["a b", "é"]}, "command": ["a"], "outputs": {"o": "b/{n}{s}"}},
        "c": {"kind": "command", "map": [{"lr": 0.1, "model": 7}, {"lr": 0.01, "model": 3}, {"lr": 0.1, "model": 2}],
              "params": {"lr": 1, "other": {"model": 0}}, "command": ["a", "{params.lr}"], "outputs": {"o": "c/{lr}-{model}"}}
        """#)
    #expect(plan.stages[0].branches.map(plan.name) == ["a@x=0.5", "a@x=0.75", "a@x=1"])
    #expect(
      plan.stages[1].branches.map(plan.name) == [
        "b@n=7,s=a%20b", "b@n=7,s=%C3%A9", "b@n=4,s=a%20b", "b@n=4,s=%C3%A9",
      ])
    #expect(plan.branches[3].outputs[0].path == "b/7a b")
    #expect(
      plan.stages[2].branches.map(plan.name) == [
        "c@lr=0.1,model=7", "c@lr=0.1,model=2", "c@lr=0.01,model=3",
      ])
    #expect(plan.branches[9].parameters.description == #"{"lr":0.01,"other":{"model":0}}"#)
  }

  @Test func pathsAreEdges() throws {
    let plan = try plan(
      stages: #"""
        "make": {"kind": "command", "map": {"i": [1, 2, 3]}, "command": ["a"], "outputs": {"o": "out/{i}.csv", "log": "out/{i}.log"}},
        "tree": {"kind": "command", "command": ["a"], "outputs": {"o": "tree/"}},
        "one": {"kind": "command", "inputs": {"x": "out/2.csv", "y": "./tree/a/b"}, "command": ["a"], "outputs": {"o": "one"}},
        "all": {"kind": "command", "inputs": {"x": "out/*.csv", "y": "tree/**/*.py", "z": "/usr/share/words"}, "command": ["a"], "outputs": {"o": "all"}},
        "folder": {"kind": "command", "inputs": {"x": "out/", "y": "tree/"}, "command": ["a"], "outputs": {"o": "folder"}},
        "same": {"kind": "command", "inputs": {"x": "out/*.csv"}, "map": {"k": [1, 2]}, "command": ["a"], "outputs": {"o": "same/{k}"}},
        "each": {"kind": "command", "inputs": {"x": "out/{i}.csv"}, "map": {"i": [3, 1]}, "command": ["a"], "outputs": {"o": "each/{i}"}}
        """#)
    func branch(_ name: String) throws -> PlannedBranch {
      plan.branches[try #require(plan.stage(named: name)).branches.lowerBound]
    }
    #expect(try branch("one").dependencies == [1, 3])
    #expect(try branch("all").dependencies == [3])
    let all = try #require(try branch("all").collections.first)
    #expect(plan.collections[all].branches == [0, 1, 2])
    guard case .files(.glob("out/*.csv"), let producers) = try branch("all").inputs[0].source else {
      Issue.record("no pattern")
      return
    }
    #expect(producers.map(\.path) == ["out/1.csv", "out/2.csv", "out/3.csv"])
    #expect(producers.map(\.output) == ["o", "o", "o"])
    #expect(try branch("same").collections == [all])
    #expect(plan.allDependencies(of: try branch("folder").id) == [0, 1, 2, 3])
    #expect(try branch("each").dependencies == [2])
    #expect(plan.stage(named: "all")?.sources.map(\.isCollected) == [true, false])
  }

  @Test func aWordIsAStageAnOutputOrAFile() throws {
    let stages = #"""
      "count": {"kind": "command", "inputs": {"p": "count.py"}, "command": ["a"], "outputs": {"o": "o", "py": "p"}},
      "other": {"kind": "command", "inputs": {"p": "count.py", "q": "count.o", "r": "count.txt", "s": "Makefile", "t": "run.sh"},
                "command": ["a"], "outputs": {"x": "x"}}
      """#
    let plan = try plan(
      stages: stages.replacing("\"count.py\"}, \"command\"", with: "\"./count.py\"}, \"command\""),
      files: ["count.txt", "Makefile"])
    #expect(plan.branches[1].dependencies == [0])
    let kinds = plan.branches[1].inputs.map { input in
      switch input.source {
      case .outputs(_, let names): names[0]
      case .files(let pattern, _): pattern.text
      case .collected: ""
      }
    }
    #expect(kinds == ["py", "o", "count.txt", "Makefile", "run.sh"])
  }

  @Test func oneValueStaysOneAndAListAList() throws {
    for (override, expected) in [
      ("perturb.sigma=1", ParameterValue.number(1)),
      ("perturb.sigma=[1]", .list([.number(1)])),
      ("perturb.sigma=[0.5,2]", .list([.number(0.5), .number(2)])),
    ] {
      let plan = try plan(experiment, overrides: [override])
      #expect(plan.branches[21].parameters[path: "sigma"] == expected)
    }
  }

  @Test func overridesChangeParameters() throws {
    let plan = try plan(
      experiment,
      overrides: [
        "train.hidden=5", "train.optimizer.learningRate=1e-2", "train.hidden=6", "words.minimum=9",
        "train.activation=tanh", "perturb.sigma=1",
      ])
    let train = plan.branches[1].parameters
    #expect(train[path: "hidden"] == .integer(6))
    #expect(train[path: "optimizer.learningRate"] == .number(0.01))
    #expect(train[path: "activation"] == .string("tanh"))
    #expect(plan.branches[43].parameters[path: "minimum"] == .integer(9))
    #expect(plan.branches[21].parameters[path: "sigma"] == .number(1))
    let absent = try PipelineManifestTests.plan(
      stages: sources + #""t": {"kind": "train", "inputs": {"data": "d"}}"#,
      overrides: ["t.optimizer.learningRate=0.5", "t.optimizer.name=sgd"])
    #expect(
      absent.branches[1].parameters[path: "optimizer"]?.description
        == #"{"learningRate":0.5,"name":"sgd"}"#)
  }

  @Test func templatesKeepTheirParts() throws {
    let plan = try plan(
      stages: #"""
        "a": {"kind": "command", "map": {"i": [1]}, "params": {"p": 2}, "inputs": {"x": "src/"},
              "command": ["go", "{inputs.x}", "--o={outputs.o}{{}}", "{params.p}{i}"], "outputs": {"o": "o{params.p}"}}
        """#)
    guard case .arguments(let arguments) = plan.stages[0].command?.program else {
      Issue.record("no arguments")
      return
    }
    #expect(
      arguments.map(\.segments) == [
        [.literal("go")], [.input("x")], [.literal("--o="), .output("o"), .literal("{}")],
        [.parameter("p"), .axis("i")],
      ])
    #expect(plan.branches[0].outputs[0].path == "o2")
    guard case .files(.folder("src"), _) = plan.branches[0].inputs[0].source else {
      Issue.record("no folder")
      return
    }
  }

  @Test func pathsAreComparedAsBytes() throws {
    let plan = try plan(
      stages: """
        "a": {"kind": "command", "command": ["a"], "outputs": {"x": "caf\\u00e9", "y": "cafe\\u0301"}},
        "b": {"kind": "command", "inputs": {"x": "cafe\\u0301*"}, "command": ["a"], "outputs": {"z": "z"}}
        """)
    #expect(plan.branches[0].outputs.map { $0.path?.utf8.count } == [5, 6])
    guard case .files(_, let producers) = plan.branches[1].inputs[0].source else { return }
    #expect(producers.map(\.output) == ["y"])
  }
}
