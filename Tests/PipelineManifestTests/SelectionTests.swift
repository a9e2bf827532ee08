import PipelineManifest
import Testing

@Suite struct SelectionTests {
  @Test func namesAndPathsSelectBranches() throws {
    let plan = try plan(experiment)
    #expect(try plan.select("train") == Array(1...20))
    #expect(try plan.select("train@*") == Array(1...20))
    #expect(try plan.select("train@7") == [8])
    #expect(try plan.select("train@model=7") == [8])
    #expect(try plan.select("train@model=*") == Array(1...20))
    #expect(try plan.select("out/emma.csv") == [44])
    #expect(try plan.select("./out/") == [43, 44])
    #expect(try plan.select("reports/figure.svg") == [42])
    #expect(try plan.select("total.csv") == [45])
    #expect(try plan.select("words@book=emma") == [44])
  }

  @Test(arguments: [
    ("trian", "train"), ("train@modle=7", "model"), ("out/ema.csv", "out/emma.csv"),
    ("words@book=emm", "emma"), ("reprot", "report"),
  ]) func unknownNamesComeWithTheNearest(_ target: String, _ suggestion: String) throws {
    let plan = try plan(experiment)
    let error = #expect(throws: UnknownTarget.self) { try plan.select(target) }
    #expect(error?.suggestion == suggestion)
  }

  @Test func branchNamesSelectThemselves() throws {
    let plan = try plan(
      stages: """
        "a": {"kind": "command", "map": {"s": ["a b", "x,y", "50%", "é", "*", "a=b"], "f": [0.1, 1e-7, 1e300, true]},
              "command": ["a"], "outputs": {"o": "a/{f}/{s}"}}
        """)
    for id in plan.branches.indices { #expect(try plan.select(plan.name(of: id)) == [id]) }
    #expect(try plan.select("a@f=1e-1,s=é").count == 1)
  }

  @Test func whatIsWrittenSoIsMeantBeforeWhatIsAsLarge() throws {
    let plan = try plan(
      stages: """
        "a": {"kind": "command", "map": {"s": [1, "1.0"]},
              "command": ["a"], "outputs": {"o": "{s}"}}
        """)
    #expect(try plan.select("a@s=1") == [0])
    #expect(try plan.select("a@s=1.0") == [1])
    #expect(try plan.select("a@1.00") == [0])
  }

  @Test func closures() throws {
    let plan = try plan(experiment)
    #expect(plan.upstream(of: [28]) == [0, 8, 28])
    #expect(plan.upstream(of: [42]) == Array(0...42))
    #expect(plan.stageOrder.map { plan.stages[$0].name }.first == "mnist")
  }

  @Test func thePlanIsDrawnAndDumped() throws {
    let plan = try plan(experiment)
    let mermaid = PlanGraph.render(plan, as: .mermaid)
    #expect(
      mermaid.hasPrefix(
        "flowchart LR\n  s0[\"mnist<br/>dataset\"]\n  s1[\"train × 20<br/>train\"]\n"))
    #expect(mermaid.contains("  s1 ==>|\"models\"| s3\n"))
    #expect(PlanGraph.render(plan, as: .dot).contains("  s0 -> s1 [label=\"data\"];\n"))
    #expect(PlanGraph.render(plan, as: .json).contains("\"from\": \"words\""))
    #expect(plan.description.contains("train    train    20 branches  model=0…19"))
    #expect(plan.json().hasPrefix("{\"stages\":[{\"name\":\"mnist\""))
  }
}
