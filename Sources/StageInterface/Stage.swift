/// The code behind one stage kind: everything the engine must know, and the work itself.
///
/// A kind is a module of its own that sees this interface and what it computes with, never the engine;
/// its code version is then the digest of exactly the sources that can change its results.
/// A kind must write the same bytes whenever it is given the same parameters and inputs: no clock, no
/// host name, no random numbers but those of its seed, no dependence on ``StageContext/cores``.
public protocol Stage: Sendable {
  /// Kind, parameters, inputs and outputs, as `pipeline.json` may use them.
  static var declaration: StageDeclaration { get }

  /// The digest of this kind's sources and of all that they can see, made by the build.
  static var codeVersion: String { get }

  init()

  /// Complaints about parameters that are each in range but do not go together; none by default.
  static func problems(in parameters: ParameterValue) -> [ParameterProblem]

  /// Reads inputs and writes every declared output, or throws an error that the user will read.
  ///
  /// A last line `hint: …` of the error's description is shown as such. The current folder is the
  /// project's.
  @concurrent func run(_ context: StageContext) async throws
}

extension Stage {
  public static func problems(in parameters: ParameterValue) -> [ParameterProblem] { [] }
}

/// What is wrong with one parameter, in words that follow its name and position.
public struct ParameterProblem: Sendable, Equatable {
  /// Dotted path of the parameter (`optimizer.learningRate`).
  public var path: String
  public var message: String

  public init(path: String, message: String) {
    self.path = path
    self.message = message
  }
}

/// The public face of a stage kind.
public struct StageDeclaration: Sendable {
  /// The word in `"kind": "…"`.
  public var kind: String
  /// One sentence.
  public var summary: String
  public var parameters: [Parameter]
  public var inputs: [InputDeclaration]
  public var outputs: [OutputDeclaration]

  public init(
    kind: String, summary: String, parameters: [Parameter] = [], inputs: [InputDeclaration] = [],
    outputs: [OutputDeclaration]
  ) {
    self.kind = kind
    self.summary = summary
    self.parameters = parameters
    self.inputs = inputs
    self.outputs = outputs
  }
}

/// One input of a kind: which artifacts of the stage bound to it are consumed.
///
/// Only those enter the key.
public struct InputDeclaration: Sendable {
  public var name: String
  public var summary: String
  /// Names of the consumed outputs of the other stage.
  public var artifacts: [String]
  /// True when the input is a collected reference (`train@*`).
  public var isCollected: Bool

  public init(_ name: String, _ summary: String, artifacts: [String], isCollected: Bool = false) {
    self.name = name
    self.summary = summary
    self.artifacts = artifacts
    self.isCollected = isCollected
  }
}

/// One output of a kind.
public struct OutputDeclaration: Sendable {
  public enum Form: Sendable, Equatable {
    /// One file; the extension (`csv`) is used when it is shown or exported.
    case file(extension: String)
    case folder
  }

  public var name: String
  public var summary: String
  public var form: Form

  public init(_ name: String, _ summary: String, _ form: Form) {
    self.name = name
    self.summary = summary
    self.form = form
  }
}
