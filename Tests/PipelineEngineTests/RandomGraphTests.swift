import Foundation
import PipelineEngine
import PipelineManifest
import TestSupport
import Testing

/// Random pipelines, changed at random and run after each change, against an evaluator that knows
/// nothing of keys, stores or schedules.
///
/// A failure names its seed; one more seed is drawn at each start of the tests.
@Suite struct RandomGraphTests {
  static let seeds: [UInt64] = Array(1...10) + [16_566_069, UInt64.random(in: 1_000...999_999_999)]

  private static let edit = "edited by hand\n"

  @Test(arguments: seeds)
  func agreesWithEvaluator(seed: UInt64) async throws {
    try await withTemporaryFolder { folder in
      var generator = SeededGenerator(seed: seed)
      let project = TestProject(folder)
      var versions = [IntegerGraph.random(using: &generator)]
      var graph = versions[0]
      var store = ModelStore()
      for round in 0..<7 {
        try await run(
          graph, &store, in: project, jobs: Int.random(in: 1...3, using: &generator),
          "seed \(seed), round \(round)")
        try meddle(with: graph, in: project, using: &generator)
        if generator.oneIn(4), let earlier = versions.randomElement(using: &generator) {
          graph = earlier
        } else {
          graph.change(using: &generator)
          versions.append(graph)
        }
      }
    }
  }

  /// One run: predicted, assessed, done, and looked at from all sides.
  private func run(
    _ graph: IntegerGraph, _ store: inout ModelStore, in project: TestProject, jobs: Int,
    _ moment: Comment
  ) async throws {
    let branches = graph.evaluated()
    let prediction = store.prediction(for: branches)
    let plan = try project.plan(graph.manifest)
    #expect(Set(plan.branches.indices.map(plan.name)) == Set(branches.map(\.name)), moment)
    let before = try project.statuses(plan)
    #expect(before.upToDate == prediction.upToDate, moment)
    #expect(before.wouldRun == prediction.wouldRun, moment)
    #expect(before.mayRun == prediction.mayRun, moment)

    let outcome = try await project.run(graph.manifest, jobs: jobs)
    store.note(branches)
    #expect(outcome.totals.isSuccess, moment)
    #expect(outcome.totals.executed == prediction.work.count, moment)
    let ran = Set(outcome.ran)
    #expect(ran.count == outcome.ran.count, "no branch runs twice; \(moment)")
    #expect(outcome.executed == outcome.ran, moment)
    for sharers in prediction.work {
      #expect(ran.intersection(sharers).count == 1, "one of \(sharers); \(moment)")
    }

    let values = try project.values(plan)
    #expect(
      values == Dictionary(uniqueKeysWithValues: branches.map { ($0.name, $0.value) }), moment)
    let after = try project.statuses(plan)
    #expect(after.upToDate.count == branches.count, moment)
    checkWorkTree(of: project, branches, moment)
  }

  /// The work tree holds the values of the declared outputs, and else only what was edited by hand.
  private func checkWorkTree(
    of project: TestProject, _ branches: [EvaluatedBranch], _ moment: Comment
  ) {
    let declared = branches.compactMap { branch in branch.path.map { ($0, branch.value) } }
    for (path, value) in declared {
      #expect(project.text(path) == "\(value)\n", "\(path); \(moment)")
    }
    let found = (try? FileManager.default.contentsOfDirectory(atPath: project.path("out"))) ?? []
    for path in Set(found.map { "out/" + $0 }).subtracting(declared.map(\.0)) {
      #expect(project.text(path) == Self.edit, "\(path); \(moment)")
    }
  }

  /// Removes or edits a materialised output now and then.
  private func meddle(
    with graph: IntegerGraph, in project: TestProject, using generator: inout SeededGenerator
  ) throws {
    guard generator.oneIn(3), let path = graph.evaluated().compactMap(\.path).first else { return }
    if generator.oneIn(2) {
      try FileManager.default.removeItem(atPath: project.path(path))
    } else {
      try project.write(path, Self.edit)
    }
  }
}

extension TestProject {
  /// The names of the branches by what an assessment says of them.
  func statuses(
    _ plan: Plan
  ) throws -> (upToDate: Set<String>, wouldRun: Set<String>, mayRun: Set<String>) {
    var names: (upToDate: Set<String>, wouldRun: Set<String>, mayRun: Set<String>) = ([], [], [])
    for (id, status) in try assess(plan).statuses.enumerated() {
      switch status {
      case .upToDate: names.upToDate.insert(plan.name(of: id))
      case .wouldRun: names.wouldRun.insert(plan.name(of: id))
      case .mayRun: names.mayRun.insert(plan.name(of: id))
      case .blocked, nil: break
      }
    }
    return names
  }
}
