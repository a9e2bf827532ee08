/// What a command is told about itself: environment variables, tables and one JSON file.
struct CommandDescription: Sendable {
  let request: CommandRequest
  /// Absolute path of the folder that tables and the JSON file lie in.
  let about: String

  static let documentName = "pipe.json"

  var documentPath: String { about + "/" + Self.documentName }

  private func tablePath(_ input: CommandInput) -> String { "\(about)/\(input.name).csv" }

  /// Writes the tables and the JSON file, into the folder that ``about`` lies in.
  func write(in folder: PrivateFolder) throws(WorkspaceError) {
    for input in request.inputs {
      if case .table(let axes, let rows) = input.value {
        try Self.write(Self.table(axes, rows), to: tablePath(input), in: folder)
      }
    }
    try Self.write(document, to: documentPath, in: folder)
  }

  private static func write(
    _ text: String, to path: String, in folder: PrivateFolder
  ) throws(WorkspaceError) {
    let target = try folder.overwrite(path)
    try target.file.write(Array(text.utf8), shown: path)
    try target.finish(at: text.utf8.count, shown: path)
  }
}

// MARK: - Variables

extension CommandDescription {
  /// The whole environment of the command.
  ///
  /// In a name, what a shell variable cannot hold becomes `_`; the JSON file has the exact names.
  func environment(host: CommandHost, temporary: String) -> [String: String] {
    var variables = ["PATH": host.path, "LANG": "C.UTF-8"]
    variables["HOME"] = host.home
    variables.merge(request.environment) { $1 }
    for value in request.parameters {
      variables["PIPE_PARAM_" + Self.variable(value.name)] = value.text
    }
    for value in request.axes { variables["PIPE_AXIS_" + Self.variable(value.name)] = value.text }
    for input in request.inputs {
      variables["PIPE_INPUT_" + Self.variable(input.name)] =
        if case .path(let path) = input.value { path } else { tablePath(input) }
    }
    for output in request.outputs {
      variables["PIPE_OUTPUT_" + Self.variable(output.name)] = output.path.text
    }
    variables["PIPE_JSON"] = documentPath
    variables["TMPDIR"] = temporary
    // The folder lies below the project, whose history is no declared input.
    variables["GIT_CEILING_DIRECTORIES"] = about.lastIndex(of: "/").map { String(about[..<$0]) }
    return variables
  }

  private static func variable(_ name: String) -> String {
    if name.utf8.allSatisfy(isAllowed) { return name }
    return String(
      String.UnicodeScalarView(
        name.unicodeScalars.map { UInt8(exactly: $0.value).map(isAllowed) == true ? $0 : "_" }))
  }

  /// Whether a shell variable can have this character in its name.
  private static func isAllowed(_ character: UInt8) -> Bool {
    switch character {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}

// MARK: - Tables

extension CommandDescription {
  /// CSV after RFC 4180 with `\n` line ends: a column for each axis, then `path`.
  static func table(_ axes: [String], _ rows: [CommandInput.Row]) -> String {
    var text = line(axes + ["path"])
    for row in rows { text += line(row.values.map(\.text) + [row.path]) }
    return text
  }

  private static func line(_ fields: [String]) -> String {
    fields.map(field).joined(separator: ",") + "\n"
  }

  private static func field(_ text: String) -> String {
    guard text.utf8.contains(where: { #",""#.utf8.contains($0) || $0 == 10 || $0 == 13 }) else {
      return text
    }
    return "\""
      + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}

// MARK: - JSON

extension CommandDescription {
  /// One object: `branch`, `stage`, `parameters`, `axes`, `inputs` and `outputs`, by name.
  var document: String {
    let inputs = request.inputs.map { (name: $0.name, json: json($0)) }
    let parameters =
      request.parameterDocument
      ?? JSONText.object(request.parameters.map { ($0.name, $0.json) })
    let outputs = request.outputs.map { (name: $0.name, json: JSONText.string($0.path.text)) }
    return JSONText.object([
      ("axes", JSONText.object(request.axes.map { ($0.name, $0.json) })),
      ("branch", JSONText.string(request.branch)),
      ("inputs", JSONText.object(inputs)),
      ("outputs", JSONText.object(outputs)),
      ("parameters", parameters),
      ("stage", JSONText.string(request.stage)),
    ]) + "\n"
  }

  /// A path, or a list of objects with `axes` and `path`.
  private func json(_ input: CommandInput) -> String {
    switch input.value {
    case .path(let path): return JSONText.string(path)
    case .table(_, let rows):
      return JSONText.list(
        rows.map { row in
          JSONText.object([
            ("axes", JSONText.object(row.values.map { ($0.name, $0.json) })),
            ("path", JSONText.string(row.path)),
          ])
        })
    }
  }
}
