import PipelineManifest
import StageInterface
import Testing

/// Shape, not time: what is large must stay linear, which these would show by never ending.
@Suite struct LargePlanTests {
  @Test func tenThousandStages() throws {
    let count = 10_000
    let stages = (0..<count).map { stage in
      var inputs = stage == 0 ? "\"a\": \"source.txt\"" : "\"a\": \"s\(stage - 1)\""
      if stage > 1 { inputs += ", \"b\": \"out/s\(stage - 2)\"" }
      return #"""
        "s\#(stage)": {"kind": "command", "inputs": {\#(inputs)}, "command": ["x", "{inputs.a}"], "outputs": {"o": "out/s\#(stage)"}}
        """#
    }
    let plan = try plan(stages: stages.joined(separator: ",\n"))
    #expect(plan.branches.count == count)
    #expect(plan.stages[0].depth == count - 1)
    #expect(plan.branches[count - 1].dependencies == [count - 3, count - 2])
    #expect(plan.upstream(of: [count - 1]).count == count)
  }

  @Test func aHundredThousandBranches() throws {
    let plan = try plan(
      stages: sources + #"""
        "t": {"kind": "train", "inputs": {"data": "d"}, "map": {"model": {"from": 0, "count": 30000}}},
        "p": {"kind": "perturb", "inputs": {"data": "d", "model": "t"}},
        "a": {"kind": "analyze", "inputs": {"models": "t@*", "perturbations": "p@*"}},
        "c": {"kind": "command", "inputs": {"w": "t.weights", "p": "p", "every": "t.metrics@*"}, "command": ["x", "{model}"], "outputs": {"o": "out/{model}"}},
        "f": {"kind": "command", "inputs": {"w": "out/*"}, "map": {"k": {"from": 0, "count": 10000}}, "command": ["x"], "outputs": {"o": "f/{k}"}}
        """#)
    #expect(plan.branches.count == 100_002)
    // Everything that reads all networks shares one collection.
    #expect(plan.collections.map(\.branches.count) == [30_000, 30_000, 30_000])
    #expect(plan.branches[100_001].collections == [2])
    #expect(plan.branches[70_000].dependencies == [9_999, 39_999])
    #expect(plan.branches[70_000].outputs[0].path == "out/9998")
    #expect(try plan.select("c@model=29999").count == 1)
  }

  @Test func rangesBeyondAllReasonAreRefused() {
    let text = #"""
      {"stages": {"a": {"kind": "command", "map": {"i": {"from": 0, "count": 1000000}, "j": {"from": 0, "count": 1000000}},
        "command": ["x"], "outputs": {"o": "{i}{j}"}}}}
      """#
    #expect(problems(text).map(\.message) == ["stage 'a' would have too many branches"])
  }
}
