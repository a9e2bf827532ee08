import StageInterface

extension Planner {
  /// Stages in an order in which each comes after those that it refers to; those on a cycle of
  /// references (and what reads them) are left out.
  func referenceOrder() -> [Int] {
    var waiting = work.map { Set($0.edges.map(\.stage)).count }
    var readers = [[Int]](repeating: [], count: work.count)
    for stage in work.indices {
      for source in Set(work[stage].edges.map(\.stage)) { readers[source].append(stage) }
    }
    var order = work.indices.filter { waiting[$0] == 0 }
    var next = 0
    while next < order.count {
      for reader in readers[order[next]] {
        waiting[reader] -= 1
        if waiting[reader] == 0 { order.append(reader) }
      }
      next += 1
    }
    return order
  }

  /// Makes the stage's table of branches from its own axes and those that its inputs carry along.
  mutating func relate(_ stage: Int) {
    guard draft.stages[stage].unreadableInputs.isEmpty else { return }
    var relation = Relation()
    for (position, input) in work[stage].inputs.enumerated() {
      switch input {
      case .broken: return
      case .files: continue
      case .reference(let source, _, let selection):
        if selection == nil, work[source].relation?.axes.isEmpty == true,
          !wantsCollection(position, of: stage)
        {
          // The first and only row; no payload says so.
          continue
        }
        guard let groups = groups(of: source, selection, for: stage, input: position),
          let joined = join(relation, groups.relation, of: stage, input: position)
        else { return }
        work[stage].payloadColumns[position] = relation.payloads.count
        relation = joined
      }
    }
    guard let own = work[stage].ownAxes else { return }
    if !own.axes.isEmpty {
      guard let joined = join(relation, withOwn: own, of: stage) else { return }
      work[stage].templateColumn = relation.payloads.count
      relation = joined
    }
    if relation.axes.isEmpty {
      work[stage].relation = relation.payloads.isEmpty ? Relation.single : relation
      return
    }
    relation = relation.sorted()
    work[stage].relation = relation
    let map = draft.stages[stage].map
    work[stage].templates = work[stage].templates.map { template in
      template.numbered { own in relation.axes.firstIndex { $0.name == map.axes[own].name } ?? 0 }
    }
  }

  // MARK: Joins

  private mutating func join(
    _ left: Relation, _ right: Relation, of stage: Int, input position: Int
  ) -> Relation? {
    if right.axes.isEmpty {
      var result = left
      result.payloads.append(Array(repeating: right.payloads[0][0], count: left.count))
      return result
    }
    let inputs = draft.stages[stage].inputs
    let offset = inputs[position].offset
    let translations = right.axes.map { axis in
      left.axes.first { $0.name == axis.name }.flatMap { translation(from: axis, to: $0) }
    }
    do {
      return try left.joined(
        with: right, translations: translations, sizes: left.axes.map { domains[$0.domain].count },
        limit: ManifestReader.branchLimit)
    } catch {
      switch error {
      case .tooManyRows: tooManyBranches(stage, offset)
      case .onlyInLeft(let row):
        mismatch(left, right, row: row, isLeft: true, of: stage, position)
      case .onlyInRight(let row):
        mismatch(left, right, row: row, isLeft: false, of: stage, position)
      }
      return nil
    }
  }

  private mutating func join(_ left: Relation, withOwn own: Relation, of stage: Int) -> Relation? {
    let map = draft.stages[stage].map
    var isGood = true
    for axis in own.axes where left.axes.contains(where: { $0.name == axis.name }) {
      let offset = map.axes.first { $0.name == axis.name }?.offset ?? draft.stages[stage].offset
      let carrier = carrier(of: axis.name, for: stage)
      log.add(
        at: offset, "an input already carries the axis '\(axis.name)' along", found: axis.name,
        expected: carrier.map { "another name, or '\($0)@*' to collect" } ?? "another name")
      isGood = false
    }
    guard isGood else { return nil }
    let (rows, overflow) = left.count.multipliedReportingOverflow(by: own.count)
    guard !overflow, rows <= ManifestReader.branchLimit else {
      tooManyBranches(stage, map.axes[0].offset)
      return nil
    }
    do {
      return try left.joined(
        with: own, translations: own.axes.map { _ in nil }, sizes: left.axes.map { _ in 1 },
        limit: ManifestReader.branchLimit)
    } catch {
      tooManyBranches(stage, map.axes[0].offset)
      return nil
    }
  }

  private func carrier(of axis: String, for stage: Int) -> String? {
    for input in work[stage].inputs {
      if case .reference(let source, _, _) = input,
        work[source].relation?.axes.contains(where: { $0.name == axis }) == true
      {
        return draft.stages[source].name
      }
    }
    return nil
  }

  private mutating func tooManyBranches(_ stage: Int, _ offset: Int) {
    log.add(
      at: offset, "stage '\(draft.stages[stage].name)' would have too many branches",
      expected: "at most \(ManifestReader.branchLimit)")
  }

  /// For each value of one axis its index on another; nil when both have the same list.
  private func translation(from: AxisColumn, to: AxisColumn) -> [Int32]? {
    if from.domain == to.domain { return nil }
    var index: [String: Int32] = [:]
    for (position, value) in domains[to.domain].enumerated() {
      index[BranchName.plain(value)] = Int32(position)
    }
    return domains[from.domain].map { index[BranchName.plain($0)] ?? -1 }
  }

  private mutating func mismatch(
    _ left: Relation, _ right: Relation, row: Int, isLeft: Bool, of stage: Int,
    _ position: Int
  ) {
    let side = isLeft ? left : right
    let shared = right.axes.filter { axis in left.axes.contains { $0.name == axis.name } }
    let names = shared.map(\.name)
    let example = zip(side.axes, side.row(row)).filter { names.contains($0.0.name) }.map {
      "\($0.0.name)=\(JSONText.printable(BranchName.plain(domains[$0.0.domain][Int($0.1)])))"
    }
    let inputs = draft.stages[stage].inputs
    let others = inputs[..<position].enumerated().filter { index, _ in
      work[stage].payloadColumns[index].map { _ in carries(work[stage].inputs[index], names) }
        ?? false
    }.map { "'\($0.element.name)' (\(JSONText.printable($0.element.text)))" }
    let this = "'\(inputs[position].name)' (\(JSONText.printable(inputs[position].text)))"
    let first = others.first ?? "the inputs before it"
    log.add(
      at: inputs[position].offset,
      "inputs \(first) and \(this) share the axis \(names.map { "'\($0)'" }.joined(separator: ", ")) but not its values",
      found: "\(example.joined(separator: ",")) is only in \(isLeft ? first : this)",
      expected: "the same values in both, or a selection such as @\(names.first ?? "")=*")
  }

  private func carries(_ input: StageWork.Input, _ names: [String]) -> Bool {
    guard case .reference(let source, _, _) = input, let axes = work[source].relation?.axes else {
      return false
    }
    return axes.contains { names.contains($0.name) }
  }

  // MARK: References

  /// What a reference gives; nil after a complaint, or when the stage is broken.
  private mutating func groups(
    of source: Int, _ selection: Selection?, for stage: Int, input position: Int
  ) -> Groups? {
    guard let relation = work[source].relation else { return nil }
    let input = draft.stages[stage].inputs[position]
    let name = draft.stages[source].name
    var effects = [Selection.Effect](repeating: .keep, count: relation.axes.count)
    var isCollected = false
    if let selection {
      do {
        (effects, isCollected) = try selection.effects(
          on: relation.axes.map { ($0.name, domains[$0.domain]) }, of: name)
      } catch {
        refuse(error, at: input.offset)
        return nil
      }
    }
    guard checkCollecting(input, isCollected, name, of: stage) else { return nil }
    let key = GroupKey(stage: source, effects: effects, isCollected: isCollected)
    if let known = groups[key] { return known }
    let found = Groups(
      relation: isCollected ? collected(source, effects) : selected(source, effects),
      isCollected: isCollected)
    if found.relation.count == 0 {
      log.add(
        at: input.offset, "stage '\(name)' has no branch with these values together",
        found: JSONText.printable(input.text), expected: "one of the points of its map")
      return nil
    }
    groups[key] = found
    return found
  }

  private func wantsCollection(_ position: Int, of stage: Int) -> Bool {
    let name = draft.stages[stage].inputs[position].name
    return draft.stages[stage].declaration?.inputs.first { $0.name == name }?.isCollected ?? false
  }

  /// A built-in kind says whether it wants one branch or a collection.
  private mutating func checkCollecting(
    _ input: InputDraft, _ isCollected: Bool, _ source: String, of stage: Int
  ) -> Bool {
    guard
      let wanted = draft.stages[stage].declaration?.inputs.first(where: { $0.name == input.name }),
      wanted.isCollected != isCollected
    else { return true }
    log.add(
      at: input.offset,
      wanted.isCollected
        ? "input '\(input.name)' collects branches"
        : "input '\(input.name)' reads one branch at a time",
      found: JSONText.printable(input.text),
      expected: wanted.isCollected ? "'\(source)@*' or '\(source)@axis=*'" : "'\(source)'")
    return false
  }

  /// The rows that a selection leaves, with the row of the source as payload.
  private func selected(_ source: Int, _ effects: [Selection.Effect]) -> Relation {
    guard let relation = work[source].relation else { return Relation() }
    let kept = effects.indices.filter { effects[$0] == .keep }
    var result = Relation(
      axes: kept.map { relation.axes[$0].inherited }, cells: [], count: 0, payloads: [[]])
    for row in 0..<relation.count where Self.passes(relation.row(row), effects) {
      let cells = relation.row(row)
      for column in kept { result.cells.append(cells[cells.startIndex + column]) }
      result.payloads[0].append(Int32(row))
      result.count += 1
    }
    return result
  }

  private static func passes(_ row: ArraySlice<Int32>, _ effects: [Selection.Effect]) -> Bool {
    for (value, effect) in zip(row, effects) {
      if case .fix(let wanted) = effect, wanted != Int(value) { return false }
    }
    return true
  }

  /// The rows that a selection leaves, put together by the axes kept, with a collection as payload.
  private mutating func collected(_ source: Int, _ effects: [Selection.Effect]) -> Relation {
    guard let relation = work[source].relation else { return Relation() }
    let kept = effects.indices.filter { effects[$0] == .keep }
    let columns = effects.indices.filter { effects[$0] == .collect }
    let packer = KeyPacker(sizes: kept.map { domains[relation.axes[$0].domain].count })
    var known: [AxisKey: Int] = [:]
    var result = Relation(
      axes: kept.map { relation.axes[$0].inherited }, cells: [], count: 0, payloads: [[]])
    for row in 0..<relation.count where Self.passes(relation.row(row), effects) {
      let cells = relation.row(row)
      let key = packer.key(kept.lazy.map { cells[cells.startIndex + $0] })
      if let collection = known[key] {
        collections[collection].rows.append(Int32(row))
        continue
      }
      known[key] = collections.count
      for column in kept { result.cells.append(cells[cells.startIndex + column]) }
      result.payloads[0].append(Int32(collections.count))
      result.count += 1
      collections.append(CollectionDraft(stage: source, columns: columns, rows: [Int32(row)]))
    }
    return result
  }
}

extension AxisColumn {
  var inherited: AxisColumn { AxisColumn(name: name, domain: domain, isOwn: false) }
}
