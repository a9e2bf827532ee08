import Foundation

/// One source, a fan of branches, one sink, all of them commands that count in the ledger.
///
/// The source drops comment lines of `seed.txt`, so a change there need not change its output. Branch
/// i writes seed × i × factor to `parts/<i>.txt`; the sink sorts all parts into `total.txt`.
struct FanPipeline: Sendable {
  enum Form: String, CaseIterable, Sendable {
    /// Three stages, the middle one mapped.
    case mapped
    /// A stage for each branch.
    case separate
  }

  var form = Form.mapped
  var width = 20
  var factor = 2
  var seed = 7
  var comment = "first"
  /// Shell text that every branch runs before it does its work.
  var prelude = ""

  /// Writes manifest and input.
  func install(in project: TestProject) throws {
    try project.write(manifest, to: "pipeline.json")
    try project.write("# \(comment)\n\(seed)\n", to: "seed.txt")
  }

  var branches: Int { width + 2 }

  /// The name of branch `i`, from 1.
  func name(_ i: Int) -> String { form == .mapped ? "part@i=\(i)" : "part\(i)" }

  /// What `total.txt` must hold.
  var total: String { (1...width).map { "\(seed * $0 * factor)\n" }.joined() }

  func part(_ i: Int) -> String { "\(seed * i * factor)\n" }

  var manifest: String {
    let middle = form == .mapped ? [mapped] : (1...width).map(separate)
    let stages = [source] + middle + [sink]
    return "{ \"stages\": {\n" + stages.joined(separator: ",\n") + "\n} }\n"
  }

  private static let passed = #""passEnvironment": ["LEDGER", "GATE", "OUTSIDE"]"#

  private var source: String {
    """
    "source": { "kind": "command", "inputs": { "seed": "seed.txt" }, \(Self.passed),
      "command": "echo source >> \\"$LEDGER\\"; grep -v '^#' seed.txt > data.txt",
      "outputs": { "data": "data.txt" } }
    """
  }

  private var mapped: String {
    """
    "part": { "kind": "command", "inputs": { "data": "source" }, \(Self.passed),
      "map": { "i": { "from": 1, "count": \(width) } }, "params": { "factor": \(factor) },
      "command": \(command("$PIPE_AXIS_i")), "outputs": { "part": "parts/{i}.txt" } }
    """
  }

  private func separate(_ i: Int) -> String {
    """
    "part\(i)": { "kind": "command", "inputs": { "data": "source" }, \(Self.passed),
      "params": { "factor": \(factor), "i": \(i) },
      "command": \(command("$PIPE_PARAM_i")), "outputs": { "part": "parts/\(i).txt" } }
    """
  }

  private func command(_ index: String) -> String {
    jsonText(
      """
      i=\(index)
      \(prelude)
      echo "part $i" >> "$LEDGER"
      echo $(($(cat data.txt) * i * PIPE_PARAM_factor)) > "$PIPE_OUTPUT_part"
      """)
  }

  private var sink: String {
    let separateInputs = (1...width).map { "\"p\($0)\": \"part\($0)\"" }.joined(separator: ", ")
    let inputs = form == .mapped ? #""parts": "part@*""# : separateInputs
    return """
      "sink": { "kind": "command", "inputs": { \(inputs) }, \(Self.passed),
        "command": "echo sink >> \\"$LEDGER\\"; cat parts/*.txt | sort -n > total.txt",
        "outputs": { "total": "total.txt" } }
      """
  }
}

/// `text` as a JSON string.
func jsonText(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

/// A manifest with these stages, each as `"name": { … }`.
func manifest(_ stages: String...) -> String {
  "{ \"stages\": {\n" + stages.joined(separator: ",\n") + "\n} }\n"
}

/// A command stage: shell text, then more members as JSON text.
func shellStage(_ name: String, _ command: String, _ members: String) -> String {
  """
  "\(name)": { "kind": "command", "command": \(jsonText(command)), \
  "passEnvironment": ["LEDGER", "GATE", "OUTSIDE"], \(members) }
  """
}
