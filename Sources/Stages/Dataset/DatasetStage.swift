import DataFormats
package import StageInterface

/// Kind `dataset`: finds the four IDX files of MNIST, or of a dataset of the same form.
///
/// Only content with the expected digests is accepted, so where it came from does not matter, and what
/// the store already has is not fetched again.
package struct DatasetStage: Stage {
  package static let declaration = StageDeclaration(
    kind: "dataset",
    summary: "Fetches a dataset in the form of MNIST and checks it against its digests.",
    parameters: DatasetParameters.declarations,
    outputs: DatasetFile.allCases.map {
      OutputDeclaration($0.rawValue, "The uncompressed \($0.fileName).", .file(extension: "idx"))
    })

  package static var codeVersion: String { generatedCodeVersion }

  private let limits: TransferLimits
  private let environment: [String: String]

  package init() {
    self.init(limits: TransferLimits())
  }

  /// A stage with other limits, whose programs see further environment variables; for tests.
  package init(limits: TransferLimits, environment: [String: String] = [:]) {
    self.limits = limits
    self.environment = environment
  }

  package static func problems(in parameters: ParameterValue) -> [ParameterProblem] {
    sourceProblems(parameters) + digestProblems(parameters)
  }

  @concurrent package func run(_ context: StageContext) async throws {
    let parameters = try context.parameters(as: DatasetParameters.self)
    let sources = try parameters.sources.map { text throws(DatasetError) in
      NamedSource(name: text, source: try Workplace.source(text))
    }
    let place = Workplace(context: context, limits: limits, environment: environment)
    var search = SourceSearch(sources: sources, place: place)
    var found: [DatasetFile: [UInt8]] = [:]
    for wanted in parameters.wantedFiles {
      let content = try await search.content(of: wanted)
      try context.write(wanted.file.rawValue, content)
      found[wanted.file] = content
    }
    try DatasetForm.check(found)
  }

  private static func sourceProblems(_ parameters: ParameterValue) -> [ParameterProblem] {
    guard case .list(let sources) = parameters[path: "sources"] else { return [] }
    return sources.enumerated().compactMap { index, source in
      guard case .string(let text) = source else { return nil }
      do throws(DatasetError) {
        _ = try Workplace.source(text)
        return nil
      } catch {
        return ParameterProblem(path: "sources.\(index)", message: error.description)
      }
    }
  }

  private static func digestProblems(_ parameters: ParameterValue) -> [ParameterProblem] {
    DatasetFile.allCases.compactMap { file in
      let path = "digests.\(file.rawValue)"
      guard case .string(let digest) = parameters[path: path] else { return nil }
      let isDigest =
        digest.utf8.count == 64
        && digest.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
      if isDigest { return nil }
      return ParameterProblem(path: path, message: "must be 64 hexadecimal digits in lower case")
    }
  }
}
