import PipelineManifest
import StageInterface

/// Stage kinds that look like the built-in ones, small enough to state in a test.
enum ExampleKinds {
  static let all = StageKinds([
    .init(dataset, codeVersion: "d1") { parameters in
      guard case .list(let sources) = parameters[path: "sources"] else { return [] }
      return sources.indices.filter { sources[$0] == .string("") }.map {
        ParameterProblem(path: "sources[\($0)]", message: "is empty")
      }
    },
    .init(train, codeVersion: "t1") { parameters in
      guard parameters[path: "hidden"] == .integer(13) else { return [] }
      return [ParameterProblem(path: "hidden", message: "must not be 13")]
    },
    .init(perturb, codeVersion: "p1"), .init(analyze, codeVersion: "a1"),
    .init(report, codeVersion: "r1"),
  ])

  static let dataset = StageDeclaration(
    kind: "dataset", summary: "Fetches images.",
    parameters: [
      Parameter(
        "sources", "Where to look.", .list(of: .string, count: 1...9), isRequired: true,
        affectsResult: false)
    ],
    outputs: [
      OutputDeclaration("images", "Pixels.", .file(extension: "idx")),
      OutputDeclaration("labels", "Digits.", .file(extension: "idx")),
    ])

  static let optimizer = ParameterType.variant(
    tag: "name",
    cases: [
      .init(
        "adam",
        [
          Parameter(
            "learningRate", "Step.", .number(.positive(to: 10)), default: .number(0.001)),
          Parameter(
            "beta1", "Decay.", .number(NumberRange(from: 0, to: 1, includesUpper: false)),
            default: .number(0.9)),
        ]),
      .init(
        "sgd",
        [Parameter("learningRate", "Step.", .number(.positive(to: 10)), default: .number(0.1))]),
    ])

  static let train = StageDeclaration(
    kind: "train", summary: "Trains networks.",
    parameters: [
      Parameter("seed", "Key.", .integer(0...Int64.max), default: .integer(1)),
      Parameter(
        "model", "Number of the network.", .integer(0...4_294_967_295), default: .integer(0)),
      Parameter("hidden", "Units.", .integer(1...1_000), default: .integer(20)),
      Parameter("activation", "Function.", .choice(["relu", "tanh"]), default: .string("relu")),
      Parameter("batchNorm", "Whether.", .boolean, default: .boolean(false)),
      Parameter(
        "data", "Subset.",
        .object([Parameter("train", "Images.", .integer(1...60_000), default: .integer(60_000))]),
        default: .object([:])),
      Parameter("optimizer", "Method.", optimizer, default: .object(["name": .string("adam")])),
    ],
    inputs: [InputDeclaration("data", "The images.", artifacts: ["images", "labels"])],
    outputs: [
      OutputDeclaration("weights", "The network.", .file(extension: "safetensors")),
      OutputDeclaration("metrics", "Its quality.", .file(extension: "csv")),
    ])

  static let perturb = StageDeclaration(
    kind: "perturb", summary: "Moves weights.",
    parameters: [
      Parameter(
        "sigma", "Scale.", .oneOrMore(of: .number(.positive(to: 10)), count: 1...3),
        default: .number(0.01)),
      Parameter("draws", "Number.", .integer(1...1_000), default: .integer(20)),
    ],
    inputs: [
      InputDeclaration("data", "The images.", artifacts: ["images", "labels"]),
      InputDeclaration("model", "The network.", artifacts: ["weights"]),
    ], outputs: [OutputDeclaration("losses", "Losses.", .file(extension: "csv"))])

  static let analyze = StageDeclaration(
    kind: "analyze", summary: "Compares.",
    inputs: [
      InputDeclaration(
        "models", "The networks.", artifacts: ["weights", "metrics"], isCollected: true),
      InputDeclaration("perturbations", "The losses.", artifacts: ["losses"], isCollected: true),
    ], outputs: [OutputDeclaration("analysis", "Findings.", .file(extension: "json"))])

  static let report = StageDeclaration(
    kind: "report", summary: "Writes.",
    inputs: [InputDeclaration("analysis", "Findings.", artifacts: ["analysis"])],
    outputs: [OutputDeclaration("report", "The report.", .folder)])
}

/// A project with a few files.
struct ListedFiles: ProjectListing {
  var paths: Set<String> = []
  func exists(_ path: String) -> Bool { paths.contains(path) }
}

/// Plans a manifest with the example kinds.
func plan(
  _ text: String, overrides: [String] = [], files: Set<String> = []
) throws(InvalidManifest) -> Plan {
  try ManifestLoader.plan(
    file: "pipeline.json", text: Array(text.utf8), kinds: ExampleKinds.all,
    overrides: overrides.map { Override($0) }, files: ListedFiles(paths: files))
}

/// Plans stages given without the object around them.
func plan(
  stages: String, overrides: [String] = [], files: Set<String> = []
) throws(InvalidManifest) -> Plan {
  try plan("{\"stages\": {\(stages)}}", overrides: overrides, files: files)
}

/// The problems of a manifest; none when it can be planned.
func problems(
  _ text: String, overrides: [String] = [], files: Set<String> = []
) -> [ManifestProblem] {
  do {
    _ = try plan(text, overrides: overrides, files: files)
    return []
  } catch {
    return error.problems
  }
}

/// The manifest of the experiment, as `engine.md` has it.
let experiment = """
  {
    "$schema": "docs/pipeline.schema.json",
    "stages": {
      "mnist": { "kind": "dataset", "params": { "sources": ["https://example.org", "file:data"] } },
      "train": { "kind": "train", "inputs": { "data": "mnist" },
                 "map": { "model": { "from": 0, "count": 20 } },
                 "params": { "seed": 20171107, "optimizer": { "name": "adam", "learningRate": 0.001 } } },
      "perturb": { "kind": "perturb", "inputs": { "data": "mnist", "model": "train" },
                   "params": { "sigma": 0.01 } },
      "analyze": { "kind": "analyze", "inputs": { "models": "train@*", "perturbations": "perturb@*" } },
      "report": { "kind": "report", "inputs": { "analysis": "analyze" }, "outputs": { "report": "reports/" } },
      "words": { "kind": "command", "inputs": { "text": "books/{book}.txt", "program": "count.py" },
                 "map": { "book": ["persuasion", "emma"] },
                 "command": ["python3", "{inputs.program}", "{inputs.text}", "{outputs.counts}"],
                 "outputs": { "counts": "out/{book}.csv" }, "params": { "minimum": 3 },
                 "environment": ["LC_ALL"], "timeout": "10m", "retries": 1 },
      "total": { "kind": "command", "inputs": { "counts": "words@*" },
                 "command": "cat out/*.csv | sort > total.csv", "outputs": { "total": "total.csv" } }
    }
  }
  """
