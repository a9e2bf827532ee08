import StageInterface

extension Planner {
  /// Gives branches their numbers: contiguous by stage, stages in file order.
  mutating func numberBranches() {
    for stage in work.indices {
      work[stage].firstBranch = branchCount
      branchCount += work[stage].relation?.count ?? 0
      if branchCount > ManifestReader.branchLimit, work[stage].relation != nil {
        log.add(
          at: draft.stages[stage].offset, "the plan would have too many branches",
          expected: "at most \(ManifestReader.branchLimit) in all")
        for later in work.indices[stage...] { work[later].relation = nil }
        return
      }
    }
  }

  /// The values of one branch on its stage's axes.
  func axisValues(of stage: Int, row: Int) -> [ParameterValue] {
    guard let relation = work[stage].relation else { return [] }
    return zip(relation.axes, relation.row(row)).map { domains[$0.domain][Int($1)] }
  }

  func template(of stage: Int, row: Int) -> ParameterTemplate? {
    let templates = work[stage].templates
    guard templates.count > 1, let column = work[stage].templateColumn,
      let relation = work[stage].relation
    else { return templates.first }
    let point = Int(relation.payloads[column][row])
    return point < templates.count ? templates[point] : nil
  }

  /// Fills in the output paths of every branch and checks that they keep out of each other's way.
  mutating func expandOutputs(of stage: Int) {
    let declared = declaredOutputs(of: stage)
    let drafts = declared.map { output in
      draft.stages[stage].outputs.firstIndex { $0.name == output.name }
    }
    var isTold = [Bool](repeating: false, count: declared.count)
    guard let relation = work[stage].relation else {
      return checkConstantOutputs(of: stage, drafts, &isTold)
    }
    work[stage].outputPaths.reserveCapacity(relation.count)
    let hasPaths = work[stage].outputs.contains { $0 != nil }
    let unpathed = declared.map { PlannedOutput(name: $0.name, form: $0.form, path: nil) }
    for row in 0..<relation.count {
      guard hasPaths else {
        work[stage].outputPaths.append(unpathed)
        continue
      }
      let values = axisValues(of: stage, row: row)
      var planned = unpathed
      for (position, output) in declared.enumerated() {
        guard let index = drafts[position], let template = work[stage].outputs[index] else {
          continue
        }
        let text = template.fill(values) {
          self.template(of: stage, row: row)?.parameters(values) ?? .null
        }.text
        guard let path = outputPath(text, position, index, row, of: stage, &isTold) else {
          continue
        }
        planned[position] = PlannedOutput(name: output.name, form: output.form, path: path)
      }
      work[stage].outputPaths.append(planned)
    }
  }

  /// Of a stage whose branches are unknown at least the paths without axes can be checked.
  private mutating func checkConstantOutputs(
    of stage: Int, _ drafts: [Int?], _ isTold: inout [Bool]
  ) {
    for (position, index) in drafts.enumerated() {
      guard let index, let template = work[stage].outputs[index], template.isConstant else {
        continue
      }
      _ = outputPath(template.fill([]) { .null }.text, position, index, 0, of: stage, &isTold)
    }
  }

  /// The outputs in the order of the kind's declaration, or of the file for a command.
  func declaredOutputs(of stage: Int) -> [DeclaredOutput] {
    let source = draft.stages[stage]
    guard let declaration = source.declaration else {
      return source.outputs.map { DeclaredOutput(name: $0.name, form: $0.form, path: $0.text) }
    }
    return declaration.outputs.map { output in
      DeclaredOutput(
        name: output.name, form: output.form == .folder ? .folder : .file,
        path: source.outputs.first { $0.name == output.name }?.text)
    }
  }

  // MARK: One path

  private mutating func outputPath(
    _ text: String, _ output: Int, _ index: Int, _ row: Int, of stage: Int, _ isTold: inout [Bool]
  ) -> String? {
    let drafted = draft.stages[stage].outputs[index]
    func refuse(_ message: String, _ expected: String) -> String? {
      if !isTold[output] {
        log.add(
          at: drafted.offset, message, found: JSONText.printable(text), expected: expected)
      }
      isTold[output] = true
      return nil
    }
    let path: String
    do {
      path = try ProjectPath.normal(text, isAbsoluteAllowed: false)
    } catch {
      return refuse("output '\(drafted.name)': \(error.message)", error.expected)
    }
    if path.isEmpty {
      return refuse("output '\(drafted.name)' is the project itself", "a path inside the project")
    }
    if work[stage].outputs[index]?.isPattern == true {
      return refuse("output '\(drafted.name)' has a wildcard", "one path, or a folder: \"out/\"")
    }
    if let other = protected(path) {
      return refuse("output '\(drafted.name)' would overwrite '\(other)'", "another path")
    }
    let entry = OutputIndex.Entry(
      stage: stage, branch: work[stage].firstBranch + row, output: output, path: path,
      isFolder: drafted.form == .folder)
    if let conflict = outputs.insert(entry) {
      if !isTold[output] { tell(conflict, entry, drafted) }
      isTold[output] = true
      return nil
    }
    return path
  }

  /// What of the project a path would destroy.
  private func protected(_ path: String) -> String? {
    protectedPaths.first {
      $0.utf8.first == path.utf8.first
        && (ProjectPath.lies(path, in: $0) || ProjectPath.lies($0, in: path))
    }
  }

  private mutating func tell(
    _ conflict: OutputIndex.Conflict, _ entry: OutputIndex.Entry, _ drafted: OutputDraft
  ) {
    let other: OutputIndex.Entry
    let how: String
    switch conflict {
    case .same(let entry): (other, how) = (entry, "is also")
    case .holds(let entry): (other, how) = (entry, "holds")
    case .lies(let entry): (other, how) = (entry, "lies in")
    }
    let mine = branchText(entry.stage, entry.branch)
    let theirs = branchText(other.stage, other.branch)
    let name = declaredOutputs(of: other.stage)[other.output].name
    if other.stage == entry.stage, other.branch != entry.branch {
      let missing = missingAxes(of: entry.stage, drafted)
      log.add(
        at: drafted.offset,
        "output '\(drafted.name)' of \(mine) \(how) output '\(name)' of \(theirs)",
        found: JSONText.printable(entry.path),
        expected: missing.isEmpty
          ? "a path of its own for each branch"
          : "a path with " + missing.map { "{\($0)}" }.joined(separator: " and "))
    } else {
      log.add(
        at: drafted.offset,
        "output '\(drafted.name)' of \(mine) \(how) output '\(name)' of \(theirs)",
        found: JSONText.printable(entry.path)
          + (how == "is also" ? "" : " and \(JSONText.printable(other.path))"),
        expected: "paths apart from each other")
    }
  }

  private func missingAxes(of stage: Int, _ drafted: OutputDraft) -> [String] {
    let text = drafted.text ?? ""
    return (work[stage].relation?.axes ?? []).filter { axis in
      domains[axis.domain].count > 1 && !text.contains("{\(axis.name)}")
        && !text.contains("{params.\(axis.name)}")
    }.map(\.name)
  }

  /// A branch in a message.
  func branchText(_ stage: Int, _ branch: BranchID) -> String {
    guard let relation = work[stage].relation, !relation.axes.isEmpty else {
      return "'\(draft.stages[stage].name)'"
    }
    let values = axisValues(of: stage, row: branch - work[stage].firstBranch)
    let axes = relation.axes.map { PlannedAxis(name: $0.name, isOwn: $0.isOwn, values: []) }
    return "'\(BranchName.text(stage: draft.stages[stage].name, axes: axes, values: values))'"
  }
}
