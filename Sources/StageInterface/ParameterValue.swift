/// A parameter's value as `pipeline.json` can state it.
///
/// An integer keeps all 64 bits; a number that was written without fraction or exponent is an integer
/// until a ``ParameterType/number(_:)`` makes it a double, so that `1` and `1.0` are the same there.
public indirect enum ParameterValue: Sendable, Hashable {
  case null
  case boolean(Bool)
  case integer(Int64)
  case number(Double)
  case string(String)
  case list([ParameterValue])
  case object([String: ParameterValue])
}

extension ParameterValue {
  /// The value at a dotted path (`optimizer.learningRate`), or nil where there is none.
  public subscript(path path: String) -> ParameterValue? {
    var value = self
    for name in path.split(separator: ".") {
      guard case .object(let members) = value, let next = members[String(name)] else { return nil }
      value = next
    }
    return value
  }

  /// The number that this is; nil for anything else.
  package var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    case .null, .boolean, .string, .list, .object: nil
    }
  }

  /// The values that are no objects, by their dotted paths, sorted; an object without members has none.
  package var leaves: [(path: String, value: ParameterValue)] { leaves(below: "") }

  private func leaves(below path: String) -> [(path: String, value: ParameterValue)] {
    guard case .object(let members) = self else { return [(path, self)] }
    return members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .flatMap { $0.value.leaves(below: path.isEmpty ? $0.key : "\(path).\($0.key)") }
  }

  /// This value with `newValue` at a dotted path; objects on the way are made where they are missing.
  public func setting(_ newValue: ParameterValue, at path: String) -> ParameterValue {
    setting(newValue, at: path.split(separator: ".").map(String.init)[...])
  }

  private func setting(_ newValue: ParameterValue, at path: ArraySlice<String>) -> ParameterValue {
    guard let name = path.first else { return newValue }
    var members: [String: ParameterValue] = [:]
    if case .object(let present) = self { members = present }
    members[name] = (members[name] ?? .object([:])).setting(newValue, at: path.dropFirst())
    return .object(members)
  }
}

extension ParameterValue: CustomStringConvertible {
  /// The canonical text: JSON with sorted keys, no white space, exact integers and shortest doubles.
  public var description: String {
    var text = ""
    write(into: &text)
    return text
  }

  private func write(into text: inout String) {
    switch self {
    case .null: text += "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .number(let value): text += value.description
    case .string(let value): Self.write(quoted: value, into: &text)
    case .list(let elements):
      text += "["
      for (index, element) in elements.enumerated() {
        if index > 0 { text += "," }
        element.write(into: &text)
      }
      text += "]"
    case .object(let members):
      text += "{"
      let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      for (index, member) in sorted.enumerated() {
        if index > 0 { text += "," }
        Self.write(quoted: member.key, into: &text)
        text += ":"
        member.value.write(into: &text)
      }
      text += "}"
    }
  }

  private static func write(quoted string: String, into text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
