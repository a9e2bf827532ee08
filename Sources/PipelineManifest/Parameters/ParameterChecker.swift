import StageInterface

/// One step on the way to a part of a parameter.
enum ParameterStep: Hashable {
  case member(String)
  case element(Int)

  /// The steps of a dotted path with elements: `sources[2]`, `a.b`.
  static func path(_ text: String) -> [ParameterStep] {
    text.split { $0 == "." || $0 == "[" || $0 == "]" }.map { part in
      Int(part).map { .element($0) } ?? .member(String(part))
    }
  }
}

/// What is wrong with a part of the parameters.
struct ParameterComplaint {
  let path: [ParameterStep]
  /// True when the name itself is wrong, not the value.
  var isAboutName = false
  let message: String
  var found: String?
  var expected: String?
  var candidates: [String] = []
  /// The parameter that is missing, whose own path leads nowhere.
  var missing: [ParameterStep]?

  /// What the complaint is about.
  var subject: [ParameterStep] { missing ?? path }
}

/// Checks raw parameters against their declarations and fills in defaults.
struct ParameterChecker {
  private(set) var complaints: [ParameterComplaint] = []

  /// The members complete: checked, numbers as doubles where the type says so, defaults filled in.
  ///
  /// - Parameters:
  ///   - raw: What the file and the overrides say.
  ///   - fallback: The default of the object around them, whose members count before the defaults of
  ///     each.
  ///   - parameters: The declarations.
  ///   - path: The way to the object.
  ///   - tag: The member that chose these parameters, in a variant.
  /// - Returns: The complete members; wrong ones are kept as they are.
  mutating func complete(
    _ raw: [String: ParameterValue], fallback: [String: ParameterValue] = [:],
    _ parameters: [Parameter], at path: [ParameterStep] = [], tag: String? = nil
  ) -> [String: ParameterValue] {
    var complete: [String: ParameterValue] = [:]
    for parameter in parameters {
      let place = path + [.member(parameter.name)]
      let fill = fallback[parameter.name] ?? parameter.defaultValue
      if let value = raw[parameter.name] {
        complete[parameter.name] = check(value, parameter.type, fallback: fill, at: place)
      } else if let fill {
        complete[parameter.name] = check(fill, parameter.type, fallback: fill, at: place)
      } else if parameter.isRequired {
        complaints.append(
          ParameterComplaint(
            path: path, message: "the parameter '\(Self.dotted(place))' is missing",
            expected: ParameterWords.expected(parameter.type), missing: place))
      }
    }
    if let tag { complete[tag] = raw[tag] ?? fallback[tag] }
    let names = parameters.map(\.name) + (tag.map { [$0] } ?? [])
    for name in raw.keys where !names.contains(name) {
      complaints.append(
        ParameterComplaint(
          path: path + [.member(name)], isAboutName: true,
          message:
            "there is no parameter '\(JSONText.printable(Self.dotted(path + [.member(name)])))'",
          found: JSONText.printable(name),
          expected: names.isEmpty ? "no parameters" : ProblemLog.oneOf(names),
          candidates: names))
    }
    return complete
  }

  /// The value as its type has it, after complaints about what does not fit.
  mutating func check(
    _ value: ParameterValue, _ type: ParameterType, fallback: ParameterValue? = nil,
    at path: [ParameterStep]
  ) -> ParameterValue {
    switch (type, value) {
    case (.boolean, .boolean), (.string, .string): return value
    case (.integer(let range), _):
      guard let number = Self.integer(value) else { break }
      if range.contains(number) { return .integer(number) }
      return complain(value, type, at: path, "is out of range")
    case (.number(let range), _):
      guard let number = Self.double(value) else { break }
      if range.contains(number) { return .number(number) }
      return complain(value, type, at: path, "is out of range")
    case (.choice(let words), .string(let word)):
      if words.contains(word) { return value }
      return complain(value, type, at: path, "is no choice here", candidates: words)
    case (.list(let element, let count), .list(let elements)):
      if !count.contains(elements.count) {
        _ = complain(value, type, at: path, "has \(elements.count) elements")
      }
      return .list(
        elements.enumerated().map { check($1, element, at: path + [.element($0)]) })
    case (.oneOrMore(let element, let count), .list):
      return check(value, .list(of: element, count: count), at: path)
    case (.oneOrMore(let element, _), _): return check(value, element, at: path)
    case (.object(let parameters), .object(let members)):
      return .object(
        complete(members, fallback: Self.members(of: fallback), parameters, at: path))
    case (.variant(let tag, let cases), .object(let members)):
      return variant(members, tag, cases, fallback: Self.members(of: fallback), at: path)
    default: break
    }
    return complain(value, type, at: path, "has the wrong type")
  }

  /// An object whose tag decides its members; without a tag the default's counts.
  private mutating func variant(
    _ members: [String: ParameterValue], _ tag: String, _ cases: [ParameterType.Variant],
    fallback: [String: ParameterValue], at path: [ParameterStep]
  ) -> ParameterValue {
    let names = cases.map(\.name)
    guard let word = members[tag] ?? fallback[tag] else {
      complaints.append(
        ParameterComplaint(
          path: path, message: "'\(Self.dotted(path))' has no \"\(tag)\"",
          expected: "\"\(tag)\": one of " + names.joined(separator: ", "),
          missing: path + [.member(tag)]))
      return .object(members)
    }
    guard case .string(let name) = word, let chosen = cases.first(where: { $0.name == name }) else {
      _ = complain(
        word, .choice(names), at: path + [.member(tag)], "is no choice here", candidates: names)
      return .object(members)
    }
    let same = fallback[tag] == word ? fallback : [:]
    return .object(
      complete(
        members.merging([tag: word]) { $1 }, fallback: same, chosen.parameters, at: path, tag: tag))
  }

  private mutating func complain(
    _ value: ParameterValue, _ type: ParameterType, at path: [ParameterStep], _ what: String,
    candidates: [String] = []
  ) -> ParameterValue {
    complaints.append(
      ParameterComplaint(
        path: path, message: "'\(JSONText.printable(Self.dotted(path)))' \(what)",
        found: JSONText.printable(value.description), expected: ParameterWords.expected(type),
        candidates: candidates))
    return value
  }

  // MARK: Values

  static func dotted(_ path: [ParameterStep]) -> String {
    var text = ""
    for step in path {
      switch step {
      case .member(let name): text += text.isEmpty ? name : "." + name
      case .element(let index): text += "[\(index)]"
      }
    }
    return text
  }

  private static func members(of value: ParameterValue?) -> [String: ParameterValue] {
    if case .object(let members) = value { members } else { [:] }
  }

  /// As JSON Schema has it, `3.0` is an integer too.
  private static func integer(_ value: ParameterValue) -> Int64? {
    switch value {
    case .integer(let number): number
    case .number(let number) where abs(number) <= 9_007_199_254_740_992: Int64(exactly: number)
    default: nil
    }
  }

  private static func double(_ value: ParameterValue) -> Double? {
    switch value {
    case .integer(let number): Double(number)
    case .number(let number): number
    default: nil
    }
  }
}
