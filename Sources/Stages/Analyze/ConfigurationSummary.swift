import Findings

/// What the metadata of all weights say together.
struct ConfigurationSummary {
  private let metadata: [[String: String]]

  /// Metadata of every model, at least one.
  init(metadata: [[String: String]]) {
    self.metadata = metadata
  }

  /// What numbers the models and decides on their luck, but is no configuration.
  private static let luck: Set = ["model", "data.subsetSeed"]
  private static let digestPrefix = "digest."

  /// Names and values that all models share.
  var common: [String: String] {
    (metadata.first ?? [:]).filter { name, value in metadata.allSatisfy { $0[name] == value } }
  }

  /// The seed of the experiment, which must be the same for all models.
  func seed() throws(AnalyzeError) -> UInt64 {
    let values = Set(metadata.map { $0["seed"] ?? "nothing" })
    guard values.count == 1, let seed = values.first.flatMap({ UInt64($0) }) else {
      throw .differentSetting(name: "seed", values: values.sorted())
    }
    return seed
  }

  var training: [Setting] {
    common.filter { !$0.key.hasPrefix(Self.digestPrefix) && $0.key != "model" }
      .map { Setting(name: $0.key, value: $0.value) }
      .sorted { $0.name < $1.name }
  }

  var dataDigests: [Setting] {
    common.filter { $0.key.hasPrefix(Self.digestPrefix) }
      .map { Setting(name: String($0.key.dropFirst(Self.digestPrefix.count)), value: $0.value) }
      .sorted { $0.name < $1.name }
  }

  /// Settings with several values.
  var varied: [VariedSetting] {
    let common = common
    let names = Set(metadata.flatMap(\.keys)).subtracting(common.keys).subtracting(["model"])
    return names.sorted().map { name in
      VariedSetting(name: name, values: Set(metadata.compactMap { $0[name] }).sorted())
    }
  }

  /// Models with the same settings apart from their luck, in the order of their first model.
  var configurations: [[Int]] {
    let names = varied.map(\.name).filter { !Self.luck.contains($0) }
    var order: [[String?]: Int] = [:]
    var groups: [[Int]] = []
    for (index, texts) in metadata.enumerated() {
      let key = names.map { texts[$0] }
      if let group = order[key] {
        groups[group].append(index)
      } else {
        order[key] = groups.count
        groups.append([index])
      }
    }
    return groups
  }
}
