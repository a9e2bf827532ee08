import StageInterface

extension Planner {
  /// Checks parameters, applies own axes, and makes the stage's table of own points.
  mutating func prepareParameters(of stage: Int) {
    let source = draft.stages[stage]
    var map = source.map
    switch source.kind {
    case .builtIn(let kind): prepare(kind, &map, of: stage)
    case .command: prepareCommand(map, of: stage)
    case .unknown: break
    }
    if !map.isBroken { work[stage].ownAxes = table(of: map) }
  }

  /// Own axes as a table whose payload is the number of the point.
  private mutating func table(of map: MapDraft) -> Relation {
    if map.isEmpty { return Relation.single }
    var table = Relation()
    let first = domains.count
    for (position, axis) in map.axes.enumerated() {
      domains.append(axis.values)
      table.axes.append(AxisColumn(name: axis.name, domain: first + position, isOwn: true))
    }
    if let points = map.points {
      table.count = points.count
      table.cells = points.flatMap { $0 }
    } else {
      (table.cells, table.count) = Self.grid(map.axes.map(\.values.count))
    }
    let isSane = table.count <= ManifestReader.branchLimit
    table.payloads = [isSane ? (0..<Int32(table.count)).map { $0 } : []]
    return table
  }

  /// All combinations of indices; empty when there are too many (``relate(_:)`` tells).
  private static func grid(_ sizes: [Int]) -> (cells: [Int32], count: Int) {
    var count = 1
    for size in sizes {
      count *= size
      if count > ManifestReader.branchLimit { return ([], count) }
    }
    var cells: [Int32] = []
    cells.reserveCapacity(count * sizes.count)
    for row in 0..<count {
      var rest = row
      var point = [Int32](repeating: 0, count: sizes.count)
      for column in sizes.indices.reversed() {
        point[column] = Int32(rest % sizes[column])
        rest /= sizes[column]
      }
      cells += point
    }
    return (cells, count)
  }

  // MARK: Commands

  private mutating func prepareCommand(_ map: MapDraft, of stage: Int) {
    let base = ParameterValue.object(draft.stages[stage].parameters)
    let settings = map.axes.enumerated().compactMap { position, axis in
      base[path: axis.name].map { _ in
        ParameterTemplate.Setting(
          axis: position, path: axis.name.split(separator: ".").map(String.init),
          affectsResult: true)
      }
    }
    work[stage].templates = [
      ParameterTemplate(base: base, keyBase: base, settings: settings)
    ]
  }

  // MARK: Built-in kinds

  private mutating func prepare(_ kind: StageKinds.Kind, _ map: inout MapDraft, of stage: Int) {
    var settings: [ParameterTemplate.Setting] = []
    var choosesCase = false
    for position in map.axes.indices {
      let path = map.axes[position].name.split(separator: ".").map(String.init)
      guard let declared = DeclaredParameter.find(path, in: kind.declaration.parameters) else {
        complain(about: map.axes[position], kind)
        map.isBroken = true
        continue
      }
      if !checkValues(of: &map.axes[position], declared) { map.isBroken = true }
      choosesCase = choosesCase || declared.isTag
      settings.append(
        ParameterTemplate.Setting(axis: position, path: path, affectsResult: declared.affectsResult)
      )
    }
    let raw = ParameterValue.object(draft.stages[stage].parameters)
    let problems = log.entries.count
    let count = map.isBroken ? 0 : Self.points(map)
    guard count > 0, count <= ManifestReader.branchLimit else {
      // Whatever the axes would have set is not to be missed.
      _ = complete(raw, kind, of: stage, map, skipping: settings.map(\.path))
      return
    }
    if choosesCase {
      work[stage].templates = (0..<count).compactMap { point in
        let value = Self.apply(settings, map, point, to: raw)
        return complete(value, kind, of: stage, map, skipping: []).map {
          self.template($0, [], kind)
        }
      }
    } else if let base = complete(
      Self.apply(settings, map, 0, to: raw), kind, of: stage, map, skipping: [])
    {
      work[stage].templates = [template(base, settings, kind)]
      if count > 1, log.entries.count == problems {
        checkPoints(1..<count, settings, map, base, kind, of: stage)
      }
    }
  }

  private static func points(_ map: MapDraft) -> Int {
    if let points = map.points { return points.count }
    var count = 1
    for axis in map.axes {
      count *= axis.values.count
      if count > ManifestReader.branchLimit { return count }
    }
    return count
  }

  /// The value index of an own axis at a point.
  private static func index(_ axis: Int, _ map: MapDraft, _ point: Int) -> Int {
    if let points = map.points { return Int(points[point][axis]) }
    let below = map.axes[(axis + 1)...].reduce(1) { $0 * $1.values.count }
    return point / below % map.axes[axis].values.count
  }

  private static func apply(
    _ settings: [ParameterTemplate.Setting], _ map: MapDraft, _ point: Int,
    to value: ParameterValue
  ) -> ParameterValue {
    settings.reduce(value) { value, setting in
      value.setting(
        map.axes[setting.axis].values[index(setting.axis, map, point)], along: setting.path[...])
    }
  }

  private mutating func complain(about axis: MapDraft.Axis, _ kind: StageKinds.Kind) {
    let paths = DeclaredParameter.allPaths(kind.declaration.parameters)
    log.add(
      at: axis.offset,
      "axis '\(axis.name)' is no parameter of kind '\(kind.declaration.kind)'", found: axis.name,
      expected: paths.isEmpty ? "no axis" : ProblemLog.oneOf(paths),
      suggestion: log.nearest(to: axis.name, in: paths))
  }

  /// Checks each value of an axis against the parameter that it sets, and takes on its type.
  private mutating func checkValues(
    of axis: inout MapDraft.Axis, _ declared: DeclaredParameter
  ) -> Bool {
    var isGood = true
    for index in axis.values.indices {
      var checker = ParameterChecker()
      axis.values[index] = checker.check(
        axis.values[index], declared.type, at: [.member(axis.name)])
      guard let complaint = checker.complaints.first else { continue }
      log.add(
        at: axis.offset(ofValue: index), complaint.message, found: complaint.found,
        expected: complaint.expected,
        suggestion: log.nearest(to: Self.word(axis.values[index]), in: complaint.candidates))
      isGood = false
      if axis.offsets.isEmpty { break }
    }
    return isGood
  }

  private static func word(_ value: ParameterValue) -> String {
    if case .string(let text) = value { text } else { "" }
  }

  private func template(
    _ members: [String: ParameterValue], _ settings: [ParameterTemplate.Setting],
    _ kind: StageKinds.Kind
  ) -> ParameterTemplate {
    ParameterTemplate(
      base: .object(members),
      keyBase: .object(Parameter.keyMembers(members, of: kind.declaration.parameters)),
      settings: settings)
  }

  // MARK: Complaints

  /// Complete parameters after the kind's own check, or nil after complaints.
  private mutating func complete(
    _ raw: ParameterValue, _ kind: StageKinds.Kind, of stage: Int, _ map: MapDraft,
    skipping paths: [[String]]
  ) -> [String: ParameterValue]? {
    guard case .object(let members) = raw, !draft.stages[stage].areParametersUnreadable else {
      return nil
    }
    var checker = ParameterChecker()
    let complete = checker.complete(members, kind.declaration.parameters)
    let skipped = Set(paths.map { $0.map { ParameterStep.member($0) } })
    for complaint in checker.complaints where !skipped.contains(complaint.subject) {
      tell(complaint, of: stage, map)
    }
    guard checker.complaints.isEmpty else { return nil }
    return tellProblems(of: .object(complete), kind, of: stage, map) ? complete : nil
  }

  /// The kind's own check at every further point.
  private mutating func checkPoints(
    _ points: Range<Int>, _ settings: [ParameterTemplate.Setting], _ map: MapDraft,
    _ base: [String: ParameterValue], _ kind: StageKinds.Kind, of stage: Int
  ) {
    for point in points {
      let value = Self.apply(settings, map, point, to: .object(base))
      guard tellProblems(of: value, kind, of: stage, map) else { return }
    }
  }

  private mutating func tellProblems(
    of value: ParameterValue, _ kind: StageKinds.Kind, of stage: Int, _ map: MapDraft
  ) -> Bool {
    let problems = kind.problems(value)
    for problem in problems {
      let path = ParameterStep.path(problem.path)
      tell(
        ParameterComplaint(
          path: path, message: "'\(problem.path)' \(problem.message)",
          found: value[path: problem.path].map { JSONText.printable($0.description) }),
        of: stage, map)
    }
    return problems.isEmpty
  }

  private mutating func tell(_ complaint: ParameterComplaint, of stage: Int, _ map: MapDraft) {
    var name = ""
    if complaint.isAboutName, case .member(let last)? = complaint.path.last { name = last }
    if name.isEmpty { name = complaint.found.map { $0.filter { $0 != "\"" } } ?? "" }
    let place = place(of: complaint, in: draft.stages[stage], map)
    log.add(
      at: place, complaint.message, found: complaint.found, expected: complaint.expected,
      suggestion: log.nearest(to: name, in: complaint.candidates))
  }

  /// Where a parameter was set: by an override, an axis, or the file.
  private func place(
    of complaint: ParameterComplaint, in stage: StageDraft, _ map: MapDraft
  ) -> ProblemLog.Place {
    let members = complaint.path.prefix {
      if case .member = $0 { true } else { false }
    }.map { step in
      if case .member(let name) = step { name } else { "" }
    }
    if let override = stage.overrides.last(where: { members.starts(with: $0.path) }) {
      return .override(override.index)
    }
    if let axis = map.axes.first(where: {
      members.starts(with: $0.name.split(separator: ".").map(String.init))
    }) {
      return .offset(axis.offset)
    }
    return .offset(locate(complaint.path, complaint.isAboutName, in: stage))
  }

  /// The offset of a part of the parameters; of its key when the name is wrong.
  private func locate(_ path: [ParameterStep], _ isAboutName: Bool, in stage: StageDraft) -> Int {
    guard var node = stage.parametersNode else { return stage.offset }
    var offset = document.offset(node)
    for (position, step) in path.enumerated() {
      switch (step, document.kind(node)) {
      case (.member(let name), .object):
        var found: (key: NodeID, value: NodeID)?
        for member in document.members(node) where document.string(member.key) == name {
          found = member
        }
        guard let found else { return offset }
        node = found.value
        let isLast = position == path.count - 1
        offset = document.offset(isLast && isAboutName ? found.key : node)
      case (.element(let index), .array):
        for (position, element) in document.elements(node).enumerated() where position == index {
          node = element.value
        }
        offset = document.offset(node)
      default: return offset
      }
    }
    return offset
  }
}
