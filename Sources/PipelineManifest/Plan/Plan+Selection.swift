import StageInterface

/// A name on the command line that the plan does not have.
package struct UnknownTarget: Error, CustomStringConvertible, Hashable {
  /// As typed.
  package let target: String
  package let message: String
  package let expected: String?
  /// The nearest valid name, when one is near.
  package let suggestion: String?

  package var description: String {
    var text = message
    if let expected { text += "\n  expected  \(expected)" }
    if let suggestion { text += "\n  hint: did you mean '\(suggestion)'?" }
    return text
  }
}

extension Plan {
  /// The branches that a name on the command line means, ascending.
  ///
  /// `train` and `train@*` are all branches of a stage, `train@7`, `train@model=7` and
  /// `fit@lr=0.1,model=*` some of them; `out/emma.csv` is the branch that makes a file, and a folder is
  /// every branch that makes something in it. A name that is both means the stage; `./name` the path.
  ///
  /// - Parameter target: As typed; a path is project-relative.
  /// - Returns: At least one branch.
  /// - Throws: ``UnknownTarget`` with the nearest name.
  package func select(_ target: String) throws(UnknownTarget) -> [BranchID] {
    let head = String(target.prefix { $0 != "@" })
    if let stage = stageIndex[head] {
      let rest = target.dropFirst(head.count + 1)
      return head.utf8.count == target.utf8.count
        ? Array(stages[stage].branches) : try branches(of: stages[stage], rest, target)
    }
    let makers = branches(making: target)
    if !makers.isEmpty { return makers }
    throw unknown(target, head)
  }

  private func branches(
    of stage: PlannedStage, _ text: Substring, _ target: String
  ) throws(UnknownTarget) -> [BranchID] {
    do {
      let effects = try Selection(text).effects(
        on: stage.axes.map { ($0.name, $0.values) }, of: stage.name
      ).effects
      let found = stage.branches.filter { id in
        zip(effects, zip(branches[id].axisValues, stage.axes)).allSatisfy { effect, pair in
          if case .fix(let index) = effect { pair.0 == pair.1.values[index] } else { true }
        }
      }
      if !found.isEmpty { return found }
    } catch {
      throw UnknownTarget(
        target: target, message: error.message, expected: error.expected,
        suggestion: error.name.flatMap { NearestName.find($0, in: error.candidates) })
    }
    throw UnknownTarget(
      target: target, message: "stage '\(stage.name)' has no branch with these values together",
      expected: nil, suggestion: nil)
  }

  /// The branches whose outputs are at a path, in it, or around it.
  private func branches(making target: String) -> [BranchID] {
    guard let path = try? ProjectPath.normal(target, isAbsoluteAllowed: false), !path.isEmpty else {
      return []
    }
    return branches.indices.filter { id in
      branches[id].outputs.contains { output in
        guard let made = output.path else { return false }
        return ProjectPath.lies(made, in: path)
          || output.form == .folder && ProjectPath.lies(path, in: made)
      }
    }
  }

  private func unknown(_ target: String, _ head: String) -> UnknownTarget {
    let shown = JSONText.printable(target)
    let isPath = target.contains("/") || target.contains(".")
    let names = stages.map(\.name)
    var suggestion = NearestName.find(head, in: names)
    if suggestion == nil || isPath {
      let paths = branches.prefix(20_000).flatMap { $0.outputs.compactMap(\.path) }
      suggestion = NearestName.find(target, in: paths) ?? suggestion
    }
    return UnknownTarget(
      target: target,
      message: isPath
        ? "'\(shown)' is neither a stage nor the path of an output"
        : "there is no stage '\(JSONText.printable(head))'",
      expected: ProblemLog.oneOf(names), suggestion: suggestion)
  }
}
