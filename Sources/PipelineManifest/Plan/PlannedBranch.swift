package import StageInterface

/// One branch: the smallest unit that runs, has a key and is cached.
package struct PlannedBranch: Sendable {
  package let id: BranchID
  /// Index of its stage in ``Plan/stages``.
  package let stage: Int
  /// Parallel to the stage's axes.
  package let axisValues: [ParameterValue]
  /// By the order of the file.
  package let inputs: [PlannedInput]
  package let outputs: [PlannedOutput]
  /// Branches that this one reads by themselves, each once, ascending.
  package let dependencies: [BranchID]
  /// Sets of branches that this one reads together, each once, ascending.
  package let collections: [CollectionID]
  /// Shared by all branches that differ in axes alone.
  let template: ParameterTemplate

  package init(
    id: BranchID, stage: Int, axisValues: [ParameterValue], inputs: [PlannedInput],
    outputs: [PlannedOutput], dependencies: [BranchID], collections: [CollectionID],
    template: ParameterTemplate
  ) {
    self.id = id
    self.stage = stage
    self.axisValues = axisValues
    self.inputs = inputs
    self.outputs = outputs
    self.dependencies = dependencies
    self.collections = collections
    self.template = template
  }

  /// All parameters: defaults filled in, own axes applied.
  ///
  /// Made anew at each call.
  package var parameters: ParameterValue { template.parameters(axisValues) }

  /// The parameters that can change the result, which therefore enter the key.
  ///
  /// Made anew at each call.
  package var keyParameters: ParameterValue { template.keyParameters(axisValues) }
}

/// Parameters before the axes of a branch are applied.
package struct ParameterTemplate: Sendable {
  /// An axis that sets a parameter.
  package struct Setting: Sendable {
    /// Position among the stage's axes.
    package let axis: Int
    /// Members on the way to the parameter.
    package let path: [String]
    package let affectsResult: Bool
  }

  package let base: ParameterValue
  package let keyBase: ParameterValue
  package let settings: [Setting]

  package init(base: ParameterValue, keyBase: ParameterValue, settings: [Setting]) {
    self.base = base
    self.keyBase = keyBase
    self.settings = settings
  }

  /// The same with other numbers for the axes.
  func numbered(_ number: (Int) -> Int) -> ParameterTemplate {
    ParameterTemplate(
      base: base, keyBase: keyBase,
      settings: settings.map {
        Setting(axis: number($0.axis), path: $0.path, affectsResult: $0.affectsResult)
      })
  }

  func parameters(_ axisValues: [ParameterValue]) -> ParameterValue {
    settings.reduce(base) { value, setting in
      value.setting(axisValues[setting.axis], along: setting.path[...])
    }
  }

  func keyParameters(_ axisValues: [ParameterValue]) -> ParameterValue {
    settings.reduce(keyBase) { value, setting in
      guard setting.affectsResult else { return value }
      return value.setting(axisValues[setting.axis], along: setting.path[...])
    }
  }
}

extension ParameterValue {
  /// This value with `newValue` at a path of member names, which may hold dots themselves.
  func setting(_ newValue: ParameterValue, along path: ArraySlice<String>) -> ParameterValue {
    guard let name = path.first else { return newValue }
    var members: [String: ParameterValue] = [:]
    if case .object(let present) = self { members = present }
    members[name] = (members[name] ?? .object([:])).setting(newValue, along: path.dropFirst())
    return .object(members)
  }
}
