import StageInterface
import StageTestSupport
import Testing
import Train

struct TrainParametersTests {
  private let declaration = TrainStage.declaration

  @Test func theDefaultsAreThePapers() {
    let defaults = declaration.completing(.object([:]))
    let expected =
      #"{"activation":"relu","batch":128,"batchNorm":false,"bias":"zeros","#
      + #""data":{"evaluate":"test","subsetSeed":0,"train":60000},"epochs":12,"hidden":20,"#
      + #""init":"glorot_uniform","l2":0.0,"lastBatch":"keep","model":0,"#
      + #""optimizer":{"beta1":0.9,"beta2":0.999,"epsilon":1e-08,"learningRate":0.001,"name":"adam"},"#
      + #""seed":20171107,"sharpness":0.0,"shuffle":"epoch"}"#
    #expect(defaults.description == expected)
    #expect(TrainStage.problems(in: defaults).isEmpty)
  }

  @Test func everyParameterHasAnEffectAndASummary() {
    #expect(declaration.parameters.allSatisfy { $0.affectsResult && $0.summary.hasSuffix(".") })
    #expect(declaration.inputs.map(\.name) == ["data"])
    #expect(declaration.inputs[0].artifacts.count == 4)
  }

  @Test(arguments: [
    ("learningRate", 1e-46, "is 0"), ("epsilon", 1e-46, "is 0"), ("beta1", 0.99999999, "is 1"),
    ("beta2", 0.99999999, "is 1"), ("beta1", 0, ""), ("learningRate", 1e-40, ""),
  ])
  func numbersThatRoundingTakesAwayAreProblems(name: String, value: Double, message: String) {
    let changed = ParameterValue.object([:]).setting(.number(value), at: "optimizer.\(name)")
      .setting(.string("adam"), at: "optimizer.name")
    let problems = TrainStage.problems(in: declaration.completing(changed))
    #expect(problems.map(\.path) == (message.isEmpty ? [] : ["optimizer.\(name)"]))
    #expect(problems.allSatisfy { $0.message.contains(message) })
  }

  @Test(arguments: ["l2", "sharpness"])
  func whatIsSwitchedOffByRoundingIsAProblem(name: String) {
    let problems = { (value: Double) in
      TrainStage.problems(in: declaration.completing(.object([name: .number(value)])))
    }
    #expect(problems(1e-46).map(\.path) == [name])
    #expect(problems(0).isEmpty && problems(1e-6).isEmpty)
  }

  @Test func aBatchThatIsNeverFullIsAProblemOnlyWhenSmallOnesAreDropped() {
    let parameters = { (lastBatch: String) -> ParameterValue in
      .object([
        "batch": .integer(101), "lastBatch": .string(lastBatch),
        "data": .object(["train": .integer(100)]),
      ])
    }
    #expect(TrainStage.problems(in: parameters("keep")).isEmpty)
    let problems = TrainStage.problems(in: parameters("drop"))
    #expect(problems.map(\.path) == ["batch"])
    #expect(problems[0].message.contains("data.train (100)"))
  }
}
