import StageInterface

extension ManifestReader {
  /// More branches than this in one plan are taken for a slip in a range.
  static let branchLimit = 1_000_000
  static let axisLimit = 64

  mutating func readMap(_ node: NodeID, into map: inout MapDraft) {
    switch document.kind(node) {
    case .object: readAxes(node, into: &map)
    case .array: readPoints(node, into: &map)
    default:
      map.isBroken = true
      complain(
        node, "\"map\" is neither an object of axes nor a list of points",
        expected: "{ \"model\": [1, 2] } or [ { \"lr\": 0.1, \"model\": 7 }, … ]")
    }
  }

  // MARK: Axes

  private mutating func readAxes(_ node: NodeID, into map: inout MapDraft) {
    for (key, value) in document.members(node) {
      let name = document.string(key)
      guard map.axes.count < Self.axisLimit else { return tooManyAxes(key, &map) }
      guard checkAxisName(name, key), !map.axes.contains(where: { $0.name == name }) else {
        map.isBroken = true
        continue
      }
      var axis = MapDraft.Axis(
        name: name, offset: document.offset(key), values: [], offsets: [])
      let isRead =
        switch document.kind(value) {
        case .array: readList(value, into: &axis)
        case .object: readRange(value, into: &axis)
        default: notAnAxis(value)
        }
      if isRead { map.axes.append(axis) } else { map.isBroken = true }
    }
    if document.members(node).contains(where: { _ in true }) == false {
      complain(node, "the map has no axis", expected: "{ \"model\": [1, 2] }, or no \"map\" at all")
    }
  }

  private mutating func tooManyAxes(_ key: NodeID, _ map: inout MapDraft) {
    map.isBroken = true
    complain(key, "a stage has at most \(Self.axisLimit) axes")
  }

  private mutating func notAnAxis(_ node: NodeID) -> Bool {
    complain(
      node, "an axis is neither a list nor a range",
      expected: "[1, 2, 3] or { \"from\": 0, \"count\": 100 }")
    return false
  }

  private mutating func checkAxisName(_ name: String, _ key: NodeID) -> Bool {
    guard NameRule.allows(name) else {
      checkName(name, key, "axis")
      return false
    }
    for word in ["inputs.", "outputs.", "params."] where name.hasPrefix(word) {
      log.add(
        at: document.offset(key), "an axis cannot begin with '\(word)', which placeholders use",
        found: name, expected: "another name")
      return false
    }
    return true
  }

  /// Reads a list of values; false when branches cannot be told from it.
  private mutating func readList(_ node: NodeID, into axis: inout MapDraft.Axis) -> Bool {
    var seen: [String: Int] = [:]
    var isGood = true
    for (_, element) in document.elements(node) {
      guard let value = axisValue(element) else {
        isGood = false
        continue
      }
      let text = BranchName.plain(value)
      if let first = seen.updateValue(document.offset(element), forKey: text) {
        complain(
          element, "axis '\(axis.name)' has the value \(JSONText.printable(text)) twice",
          expected: "each value once" + firstPlace(first))
        isGood = false
        continue
      }
      axis.values.append(value)
      axis.offsets.append(document.offset(element))
    }
    if axis.values.isEmpty, isGood {
      complain(node, "axis '\(axis.name)' has no values", expected: "at least one value")
      return false
    }
    return isGood
  }

  /// Where the first of two equal values stands; left out when there are many, since lines are counted
  /// from the beginning each time.
  private func firstPlace(_ offset: Int) -> String {
    guard log.entries.count < 20 else { return "" }
    return "; the first one stands in line "
      + String(SourceLines.position(of: offset, in: document.bytes).line)
  }

  /// One value of an axis, or nil after a complaint.
  private mutating func axisValue(_ node: NodeID) -> ParameterValue? {
    switch document.kind(node) {
    case .integer, .number, .boolean: return document.value(node)
    case .string: return text(node, "a value of an axis", isEmptyAllowed: false).map { .string($0) }
    default:
      complain(
        node, "this cannot be the value of an axis",
        expected: "a number, text, true or false; a combination of parameters is a point: "
          + "\"map\": [ { \"optimizer.name\": \"sgd\", \"optimizer.learningRate\": 0.1 }, … ]")
      return nil
    }
  }

  // MARK: Ranges

  private mutating func readRange(_ node: NodeID, into axis: inout MapDraft.Axis) -> Bool {
    let keys = ["from", "count", "step"]
    let members = document.members(node)
    let problems = log.entries.count
    check(members, against: keys, of: "a range")
    var from = ParameterValue.null
    var step = ParameterValue.integer(1)
    var count: Int?
    for (key, value) in members {
      switch document.string(key) {
      case "from": from = number(value, "\"from\"") ?? .null
      case "step": step = number(value, "\"step\"") ?? .null
      case "count": count = integer(value, "\"count\"", 1...Int64(Self.branchLimit))
      default: break
      }
    }
    let names = members.map { document.string($0.key) }
    for key in ["from", "count"] where !names.contains(key) {
      complain(node, "the range has no \"\(key)\"", expected: "{ \"from\": 0, \"count\": 100 }")
    }
    guard let count, log.entries.count == problems,
      let values = Self.range(from: from, step: step, count: count)
    else {
      if log.entries.count == problems, document.slips.isEmpty {
        complain(
          node, "the values of this range are not all different numbers",
          expected: "a step that is not 0 and numbers of 64 bits")
      }
      return false
    }
    axis.values = values
    return true
  }

  private mutating func number(_ node: NodeID, _ what: String) -> ParameterValue? {
    let kind = document.kind(node)
    if kind == .integer || kind == .number { return document.value(node) }
    complain(node, "\(what) is not a number", expected: "a number")
    return nil
  }

  /// The values of a range; nil when two are equal or one does not fit.
  private static func range(
    from: ParameterValue, step: ParameterValue, count: Int
  ) -> [ParameterValue]? {
    if case .integer(let first) = from, case .integer(let step) = step {
      let (way, overflow) = step.multipliedReportingOverflow(by: Int64(count - 1))
      let (_, beyond) = first.addingReportingOverflow(way)
      guard !overflow, !beyond, step != 0 || count == 1 else { return nil }
      return (0..<Int64(count)).map { .integer(first + $0 * step) }
    }
    guard let first = double(from), let step = double(step) else { return nil }
    let values = (0..<count).map { first + Double($0) * step }
    guard values.allSatisfy(\.isFinite), zip(values, values.dropFirst()).allSatisfy({ $0 != $1 })
    else { return nil }
    return values.map { .number($0) }
  }

  private static func double(_ value: ParameterValue) -> Double? {
    switch value {
    case .integer(let number): Double(number)
    case .number(let number): number
    default: nil
    }
  }

  // MARK: Points

  /// Reads a list of explicit points: objects that all name the same axes.
  private mutating func readPoints(_ node: NodeID, into map: inout MapDraft) {
    var points: [[Int32]] = []
    var indices: [[String: Int32]] = []
    var seen: Set<[Int32]> = []
    for (_, element) in document.elements(node) {
      guard let members = object(element, "a point of the map"),
        startAxes(of: &map, &indices, members, isFirst: points.isEmpty, element),
        let point = readPoint(members, element, into: &map, &indices)
      else {
        map.isBroken = true
        continue
      }
      if !seen.insert(point).inserted {
        complain(element, "this point stands in the map twice", expected: "each point once")
        map.isBroken = true
      }
      points.append(point)
    }
    if points.isEmpty, !map.isBroken {
      complain(node, "the map has no points", expected: "[ { \"lr\": 0.1, \"model\": 7 }, … ]")
      map.isBroken = true
    }
    map.points = points
  }

  /// Takes the axes from the first point; false when they cannot be used.
  private mutating func startAxes(
    of map: inout MapDraft, _ indices: inout [[String: Int32]], _ members: JSONDocument.Children,
    isFirst: Bool, _ node: NodeID
  ) -> Bool {
    guard map.axes.isEmpty else { return true }
    guard isFirst else { return false }
    for (key, _) in members {
      let name = document.string(key)
      guard map.axes.count < Self.axisLimit else {
        tooManyAxes(key, &map)
        return false
      }
      guard checkAxisName(name, key), !map.axes.contains(where: { $0.name == name }) else {
        map.axes = []
        return false
      }
      map.axes.append(
        MapDraft.Axis(name: name, offset: document.offset(key), values: [], offsets: []))
    }
    if map.axes.isEmpty { complain(node, "a point of the map names no axis") }
    indices = Array(repeating: [:], count: map.axes.count)
    return !map.axes.isEmpty
  }

  private mutating func readPoint(
    _ members: JSONDocument.Children, _ node: NodeID, into map: inout MapDraft,
    _ indices: inout [[String: Int32]]
  ) -> [Int32]? {
    var point = [Int32](repeating: -1, count: map.axes.count)
    var isGood = true
    for (key, element) in members {
      let name = document.string(key)
      guard let axis = map.axes.firstIndex(where: { $0.name == name }) else {
        let names = map.axes.map(\.name)
        log.add(
          at: document.offset(key),
          "the first point of the map has no axis '\(JSONText.printable(name))'",
          found: JSONText.printable(name), expected: ProblemLog.oneOf(names),
          suggestion: log.nearest(to: name, in: names))
        isGood = false
        continue
      }
      guard let value = axisValue(element) else {
        isGood = false
        continue
      }
      let text = BranchName.plain(value)
      let next = Int32(map.axes[axis].values.count)
      if let known = indices[axis][text] {
        point[axis] = known
      } else {
        indices[axis][text] = next
        map.axes[axis].values.append(value)
        map.axes[axis].offsets.append(document.offset(element))
        point[axis] = next
      }
    }
    if isGood, let missing = point.firstIndex(of: -1) {
      complain(
        node, "this point lacks the axis '\(map.axes[missing].name)'",
        expected: "every point names " + map.axes.map(\.name).joined(separator: ", "))
      isGood = false
    }
    return isGood ? point : nil
  }
}
