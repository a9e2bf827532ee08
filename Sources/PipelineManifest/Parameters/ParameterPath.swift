import StageInterface

/// Where a dotted path leads among declared parameters.
struct DeclaredParameter {
  let type: ParameterType
  let affectsResult: Bool
  /// True when the path ends at the tag of a variant, so that it decides which others there are.
  var isTag = false

  /// The declaration at a path; nil where there is none.
  static func find(_ path: [String], in parameters: [Parameter]) -> DeclaredParameter? {
    guard let name = path.first, let parameter = parameters.first(where: { $0.name == name })
    else { return nil }
    guard
      let found = find(
        path.dropFirst(), in: parameter.type, affectsResult: parameter.affectsResult)
    else { return nil }
    return found
  }

  private static func find(
    _ path: ArraySlice<String>, in type: ParameterType, affectsResult: Bool
  ) -> DeclaredParameter? {
    guard let name = path.first else {
      return DeclaredParameter(type: type, affectsResult: affectsResult)
    }
    switch type {
    case .object(let members):
      guard let member = members.first(where: { $0.name == name }) else { return nil }
      return find(
        path.dropFirst(), in: member.type, affectsResult: affectsResult && member.affectsResult)
    case .variant(let tag, let cases):
      if name == tag, path.count == 1 {
        return DeclaredParameter(
          type: .choice(cases.map(\.name)), affectsResult: affectsResult, isTag: true)
      }
      // Any case may have it; the check of each point tells when the chosen one has not.
      for variant in cases {
        if let member = variant.parameters.first(where: { $0.name == name }),
          let found = find(
            path.dropFirst(), in: member.type,
            affectsResult: affectsResult && member.affectsResult)
        {
          return found
        }
      }
      return nil
    default: return nil
    }
  }

  /// Every dotted path that leads to a parameter, for hints.
  static func allPaths(_ parameters: [Parameter], prefix: String = "") -> [String] {
    parameters.flatMap { parameter -> [String] in
      let path = prefix + parameter.name
      switch parameter.type {
      case .object(let members): return [path] + allPaths(members, prefix: path + ".")
      case .variant(let tag, let cases):
        let members = cases.flatMap { allPaths($0.parameters, prefix: path + ".") }
        return [path, path + "." + tag] + members
      default: return [path]
      }
    }
  }
}

extension Parameter {
  /// `members` without what cannot change a result.
  static func keyMembers(
    _ members: [String: ParameterValue], of parameters: [Parameter]
  ) -> [String: ParameterValue] {
    var kept = members
    for parameter in parameters {
      if !parameter.affectsResult {
        kept[parameter.name] = nil
      } else if let value = members[parameter.name] {
        kept[parameter.name] = keyValue(value, of: parameter.type)
      }
    }
    return kept
  }

  private static func keyValue(_ value: ParameterValue, of type: ParameterType) -> ParameterValue {
    switch (type, value) {
    case (.object(let parameters), .object(let members)):
      return .object(keyMembers(members, of: parameters))
    case (.variant(let tag, let cases), .object(let members)):
      guard case .string(let name) = members[tag],
        let chosen = cases.first(where: { $0.name == name })
      else { return value }
      return .object(keyMembers(members, of: chosen.parameters))
    case (.list(let element, _), .list(let elements)),
      (.oneOrMore(let element, _), .list(let elements)):
      return .list(elements.map { keyValue($0, of: element) })
    default: return value
    }
  }
}
