import ArgumentParser
import PipelineManifest

/// What users name on the command line, as branches.
enum Targets {
  /// The branches that `texts` name; nil where nothing is named, which means all.
  static func branches(_ texts: [String], in plan: Plan) throws -> [BranchID]? {
    guard !texts.isEmpty else { return nil }
    return try texts.flatMap { try branches($0, in: plan) }
  }

  /// The branches that `text` names: a stage, a branch, or an output's path as seen from where the user
  /// stands or from the project.
  static func branches(_ text: String, in plan: Plan) throws -> [BranchID] {
    do {
      return try plan.select(text)
    } catch {
      if let path = ManifestPlace.projectPath(of: text), let found = try? plan.select("./" + path) {
        return found
      }
      throw UserError(message: "\(error)")
    }
  }

  /// The one branch that `text` names.
  static func branch(_ text: String, in plan: Plan) throws -> BranchID {
    let found = try branches(text, in: plan)
    guard let only = found.first, found.count == 1 else {
      let examples = found.prefix(3).map { plan.name(of: $0) }.joined(separator: ", ")
      throw UserError(
        message: "'\(text)' names \(found.count) branches, but one is wanted",
        hint: "name one of them: \(examples), …")
    }
    return only
  }
}

/// Completions that only this project's plan can give.
enum Completions {
  @Sendable static func targets(
    _ words: [String], _ index: Int, _ prefix: String
  ) -> [String] {
    guard let plan = try? ProjectOptions.parse([]).plan() else { return [] }
    return plan.stages.map(\.name)
  }
}
