import StageInterface

/// Parameters of a stage kind as JSON Schema, with defaults, ranges and descriptions.
enum ParameterSchema {
  static func tree(_ parameter: Parameter) -> JSONTree {
    var members: [(String, JSONTree)] = [("description", .string(parameter.summary))]
    if let value = parameter.defaultValue { members.append(("default", .value(value))) }
    return .object(members + type(parameter.type, fallback: parameter.defaultValue))
  }

  /// The members that state a type; the tag of `fallback` counts where a variant has none.
  private static func type(
    _ type: ParameterType, fallback: ParameterValue? = nil
  ) -> [(String, JSONTree)] {
    switch type {
    case .boolean: return [("type", .string("boolean"))]
    case .integer(let range): return [("type", .string("integer"))] + bounds(range)
    case .number(let range): return [("type", .string("number"))] + bounds(range)
    case .string: return [("type", .string("string"))]
    case .choice(let words): return [("enum", .array(words.map { .string($0) }))]
    case .list(let element, let count):
      return [("type", .string("array")), ("items", .object(self.type(element)))]
        + (count.lowerBound > 0 ? [("minItems", .integer(count.lowerBound))] : [])
        + (count.upperBound < .max ? [("maxItems", .integer(count.upperBound))] : [])
    case .oneOrMore(let element, let count):
      let list = self.type(.list(of: element, count: count))
      return [("anyOf", .array([.object(self.type(element)), .object(list)]))]
    case .object(let parameters):
      return [
        ("type", .string("object")), ("additionalProperties", .boolean(false)),
        ("properties", .object(parameters.map { ($0.name, tree($0)) })),
      ]
    case .variant(let tag, let cases): return variant(tag, cases, fallback)
    }
  }

  private static func bounds(_ range: ClosedRange<Int64>) -> [(String, JSONTree)] {
    (range.lowerBound > .min ? [("minimum", .integer(Int(range.lowerBound)))] : [])
      + (range.upperBound < .max ? [("maximum", .integer(Int(range.upperBound)))] : [])
  }

  private static func bounds(_ range: NumberRange) -> [(String, JSONTree)] {
    var members: [(String, JSONTree)] = []
    if range.lower > -Double.greatestFiniteMagnitude {
      members.append(
        (range.includesLower ? "minimum" : "exclusiveMinimum", .value(.number(range.lower))))
    }
    if range.upper < Double.greatestFiniteMagnitude {
      members.append(
        (range.includesUpper ? "maximum" : "exclusiveMaximum", .value(.number(range.upper))))
    }
    return members
  }

  /// One `if`/`then` for each case; the case of the default also holds when the tag is absent.
  private static func variant(
    _ tag: String, _ cases: [ParameterType.Variant], _ fallback: ParameterValue?
  ) -> [(String, JSONTree)] {
    let names = cases.map(\.name)
    var standard: String?
    if case .string(let name) = fallback?[path: tag] { standard = name }
    return [
      ("type", .string("object")),
      ("properties", .object([(tag, .object([("enum", .array(names.map { .string($0) }))]))])),
      (
        "allOf",
        .array(
          cases.map { variant in
            let isTagged = JSONTree.object([
              ("properties", .object([(tag, .object([("const", .string(variant.name))]))])),
              (
                "required",
                .array(variant.name == standard ? [] : [.string(tag)])
              ),
            ])
            return .object([
              ("if", isTagged),
              (
                "then",
                .object([
                  ("additionalProperties", .boolean(false)),
                  (
                    "properties",
                    .object([(tag, .object([]))] + variant.parameters.map { ($0.name, tree($0)) })
                  ),
                ])
              ),
            ])
          })
      ),
    ]
  }
}
