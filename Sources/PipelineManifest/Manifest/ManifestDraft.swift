import StageInterface

/// `pipeline.json` as written: each stage checked by itself, nothing yet checked between stages.
struct ManifestDraft {
  var cacheFolder: String?
  var stages: [StageDraft] = []
}

/// One stage as written.
///
/// A class: it is looked at everywhere, and a copy would retain all its parts.
final class StageDraft {
  enum Kind {
    case command
    case builtIn(StageKinds.Kind)
    /// Missing or misspelt; the problem has been told.
    case unknown
  }

  let name: String
  let offset: Int
  var kind = Kind.unknown
  var kindWord = ""
  var description: String?
  var inputs: [InputDraft] = []
  /// Names of inputs whose values could not be read, so that its axes are unknown.
  var unreadableInputs: [String] = []
  var map = MapDraft()
  /// Raw, without defaults; the values of overrides are in it.
  var parameters: [String: ParameterValue] = [:]
  var parametersNode: NodeID?
  /// True when `params` or a part of it could not be read, so that absence says nothing.
  var areParametersUnreadable = false
  var overrides: [AppliedOverride] = []
  var outputs: [OutputDraft] = []
  var command: CommandDraft?

  init(name: String, offset: Int) {
    self.name = name
    self.offset = offset
  }

  /// Built-in kinds only.
  var declaration: StageDeclaration? {
    if case .builtIn(let kind) = kind { kind.declaration } else { nil }
  }

  var isCommand: Bool {
    if case .command = kind { true } else { false }
  }
}

struct InputDraft {
  let name: String
  let nameOffset: Int
  let text: String
  let offset: Int
}

struct OutputDraft {
  let name: String
  let nameOffset: Int
  /// Nil: the output of a built-in kind that stays in the store.
  let text: String?
  let offset: Int
  let form: PlannedOutput.Form
}

/// A stage's own axes.
struct MapDraft {
  struct Axis {
    let name: String
    let offset: Int
    var values: [ParameterValue]
    /// Parallel to `values`; empty for a range, whose values stand nowhere.
    var offsets: [Int]

    func offset(ofValue index: Int) -> Int { index < offsets.count ? offsets[index] : offset }
  }

  var axes: [Axis] = []
  /// For each explicit point, the index of its value on every axis; nil: all combinations.
  var points: [[Int32]]?
  /// True when the map could not be read, so that nothing can be said about branches.
  var isBroken = false

  var isEmpty: Bool { axes.isEmpty }
}

struct AppliedOverride {
  let path: [String]
  let index: Int
}

/// The parts of a `command` stage that other kinds lack.
struct CommandDraft {
  struct Argument {
    let text: String
    let offset: Int
  }

  enum Program {
    case shell(Argument)
    case arguments([Argument])
  }

  var program: Program?
  /// Whether there is a `command`, be it readable or not.
  var isStated = false
  var environment: [String] = []
  var passEnvironment: [String] = []
  var tools: [String] = []
  var timeout: Double?
  var retries = 0
  var cores = 1
  var memory: Int?
  var workdir = CommandSpecification.WorkFolder.privateFolder
}
