package import StageInterface

extension StageDeclaration {
  /// `given` with the declared defaults filled in, as the engine hands parameters to a stage.
  package func completing(_ given: ParameterValue) -> ParameterValue {
    Self.complete(given, parameters)
  }

  private static func complete(
    _ given: ParameterValue, _ parameters: [Parameter]
  ) -> ParameterValue {
    guard case .object(var members) = given else { return given }
    for parameter in parameters {
      guard let value = members[parameter.name] ?? parameter.defaultValue else { continue }
      members[parameter.name] = complete(value, parameter.type)
    }
    return .object(members)
  }

  private static func complete(_ value: ParameterValue, _ type: ParameterType) -> ParameterValue {
    switch type {
    case .object(let parameters): return complete(value, parameters)
    case .variant(let tag, let cases):
      guard case .string(let name) = value[path: tag],
        let variant = cases.first(where: { $0.name == name })
      else { return value }
      return complete(value, variant.parameters)
    default: return value
    }
  }
}
