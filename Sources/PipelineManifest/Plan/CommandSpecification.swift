/// How a `command` stage runs its program.
package struct CommandSpecification: Sendable {
  package enum Program: Sendable {
    /// Text for `sh -c`; nothing is pasted into it.
    case shell(String)
    /// A program and its arguments, run without a shell.
    case arguments([CommandTemplate])
  }

  package enum WorkFolder: String, Sendable {
    /// A folder that holds exactly the declared inputs.
    case privateFolder = "private"
    /// The project itself.
    case project
  }

  package let program: Program
  /// Names whose values (or absence) are in the key.
  package let environment: [String]
  /// Names that are handed on but not in the key.
  package let passEnvironment: [String]
  /// Programs whose content is in the key beside the first one.
  package let tools: [String]
  /// Seconds; nil: none.
  package let timeout: Double?
  /// Further attempts after a failure.
  package let retries: Int
  /// Reserved while a branch runs.
  package let cores: Int
  /// Bytes reserved while a branch runs; nil: not stated.
  package let memory: Int?
  package let workdir: WorkFolder

  /// A name as it follows `PIPE_PARAM_`, `PIPE_AXIS_`, `PIPE_INPUT_` and `PIPE_OUTPUT_`.
  ///
  /// What a shell does not accept in a variable's name becomes `_`; the manifest refuses two names of
  /// one stage that become the same.
  package static func variable(for name: String) -> String {
    String(
      decoding: name.utf8.map { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          byte
        default: UInt8(ascii: "_")
        }
      }, as: UTF8.self)
  }
}

/// One argument with its placeholders, in parts.
package struct CommandTemplate: Sendable, Hashable {
  package enum Segment: Sendable, Hashable {
    case literal(String)
    /// `{inputs.x}`: the path of an input; as the whole argument, all paths of a collected one.
    case input(String)
    /// `{outputs.y}`
    case output(String)
    /// `{params.a.b}`, a dotted path
    case parameter(String)
    /// `{axis}`
    case axis(String)
  }

  /// As written.
  package let source: String
  package let segments: [Segment]

  /// The input that is all of it: `{inputs.x}` alone.
  package var soleInput: String? {
    if case .input(let name)? = segments.first, segments.count == 1 { name } else { nil }
  }
}
