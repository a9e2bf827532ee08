import ArtifactCache
import Foundation
import PipelineEngine
import PipelineManifest

/// What `show` and `export` are asked for: `train@7.metrics`, `train.weights`, `train@7`.
struct ArtifactName {
  let branches: [BranchID]
  /// Nil: all outputs.
  let output: String?

  /// Reads `text`; since stages may have dots in their names, the longest stage name wins.
  init(_ text: String, in plan: Plan) throws {
    if let branches = try? plan.select(text) {
      self.branches = branches
      output = nil
      return
    }
    guard let dot = text.lastIndex(of: ".") else {
      branches = try Targets.branches(text, in: plan)
      output = nil
      return
    }
    branches = try Targets.branches(String(text[..<dot]), in: plan)
    let name = String(text[text.index(after: dot)...])
    let outputs = branches.first.map { plan.branches[$0].outputs.map(\.name) } ?? []
    guard outputs.contains(name) else {
      throw UserError(
        message: "'\(text[..<dot])' has no output '\(name)'",
        hint: "its outputs: \(outputs.joined(separator: ", "))")
    }
    output = name
  }
}

/// The valid results of branches, for commands that read artifacts.
struct CurrentResults {
  private let project: Project
  private let assessment: Assessment

  init(of project: Project, branches: [BranchID]) throws {
    self.project = project
    assessment = try Assessment(
      of: project, environment: ProcessInfo.processInfo.environment, selected: branches)
  }

  /// The record of `branch`: the valid one, or an error that says how to get one.
  func record(of branch: BranchID) throws -> RecordSummary {
    guard let record = assessment.records[branch] else {
      let name = project.plan.name(of: branch)
      throw UserError(
        message: "'\(name)' has no valid result now", hint: "run it first: pipe run \(name)",
        code: PipeExit.stageFailed)
    }
    return record
  }
}
