/// Everything that one attempt of a command branch needs, with nothing left to look up.
package struct CommandRequest: Sendable {
  package enum Program: Sendable {
    /// A text for `sh -c`.
    case shell(String)
    /// A program and its arguments, placeholders filled in.
    case arguments([String])
  }

  package enum WorkingFolder: Sendable {
    /// A folder of its own with exactly the declared inputs.
    case privateFolder
    /// The project itself. Inputs made by other stages must have been put there before.
    case project
  }

  /// The branch's name: `words@book=emma`.
  package var branch: String
  package var stage: String
  package var program: Program
  package var inputs: [CommandInput] = []
  package var outputs: [DeclaredOutput] = []
  /// Folders that the command finds even when nothing lies in them.
  package var folders: [ProjectPath] = []
  /// One for each variable; where parameters are nested, those of the leaves.
  package var parameters: [CommandValue] = []
  /// All parameters as one JSON object, for `PIPE_JSON`; nil puts it together from `parameters`.
  package var parameterDocument: String?
  package var axes: [CommandValue] = []
  /// Values of the variables that the stage declares or passes on; those that are unset are absent.
  package var environment: [String: String] = [:]
  /// Seconds.
  package var timeout: Double?
  package var workingFolder = WorkingFolder.privateFolder

  package init(branch: String, stage: String, program: Program) {
    self.branch = branch
    self.stage = stage
    self.program = program
  }
}

/// A parameter or an axis, as a command is told of it.
package struct CommandValue: Sendable {
  package let name: String
  /// The value of its environment variable.
  package let text: String
  /// Its canonical JSON.
  package let json: String

  package init(name: String, text: String, json: String) {
    self.name = name
    self.text = text
    self.json = json
  }
}

/// One input: what the command is told of it, and the files that come with it.
package struct CommandInput: Sendable {
  package enum Value: Sendable {
    /// A file or folder, relative to where the command runs, or absolute.
    case path(String)
    /// Many files: the branches of a stage with their axes, or the files of a glob without axes.
    case table(axes: [String], rows: [Row])
  }

  package struct Row: Sendable {
    /// One for each axis of the table.
    package let values: [CommandValue]
    package let path: String

    package init(values: [CommandValue], path: String) {
      self.values = values
      self.path = path
    }
  }

  package let name: String
  package let value: Value
  package let files: [StagedFile]
  /// Inputs that are declared by an absolute path: read where they are, and checked afterwards.
  package let outside: [SourceFile]

  package init(
    name: String, value: Value, files: [StagedFile], outside: [SourceFile] = []
  ) {
    self.name = name
    self.value = value
    self.files = files
    self.outside = outside
  }
}

extension CommandRequest {
  var stagedFiles: [StagedFile] { inputs.flatMap(\.files) }

  /// The project's and the machine's own files among the inputs.
  var sources: [SourceFile] {
    inputs.flatMap { input in
      input.outside
        + input.files.compactMap { file in
          if case .source(let source) = file.content { source } else { nil }
        }
    }
  }
}
