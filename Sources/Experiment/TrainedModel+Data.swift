package import StageInterface

extension TrainedModel {
  /// The digests of the dataset bound to `input`, as they are kept in metadata.
  package static func dataDigests(
    _ context: StageContext, input: String = "data"
  ) throws -> [String: String] {
    var digests: [String: String] = [:]
    for name in ImageLibrary.artifacts {
      digests["digest." + name] = try context.artifact(input, name).digest
    }
    return digests
  }

  /// Throws ``ExperimentError/otherData`` unless this model was trained on the data of `context`.
  package func checkData(_ context: StageContext, input: String = "data") throws {
    let given = try Self.dataDigests(context, input: input)
    for (name, digest) in given.sorted(by: { $0.key < $1.key }) where metadata[name] != digest {
      throw ExperimentError.otherData(
        name: name, trainedOn: metadata[name] ?? "not stated", given: digest)
    }
  }
}
