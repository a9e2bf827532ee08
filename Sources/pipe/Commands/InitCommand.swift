import ArgumentParser
import Foundation

/// `pipe init`: a small pipeline to start from.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make a small pipeline.json to start from.",
    discussion: "Writes nothing over what is there.")

  @Argument(help: "The folder (default: this one).", completion: .directory)
  var folder = "."

  func run() throws {
    let place = URL(fileURLWithPath: folder)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    let manifest = place.appending(path: ManifestPlace.fileName)
    guard !FileManager.default.fileExists(atPath: manifest.path) else {
      throw UserError(
        message: "\(manifest.path) exists already", hint: "edit it, or choose a folder")
    }
    try Data(Self.manifest.utf8).write(to: manifest, options: .withoutOverwriting)
    try ignoreCache(in: place)
    Terminal.print("wrote \(manifest.path)\nnext: pipe run, then look at greetings.txt")
  }

  /// Adds the cache to `.gitignore`, unless a line for it is there.
  private func ignoreCache(in place: URL) throws {
    let file = place.appending(path: ".gitignore")
    var bytes = Data()
    if FileManager.default.fileExists(atPath: file.path) { bytes = try Data(contentsOf: file) }
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    let isThere = lines.contains { ["cache", "cache/", "/cache", "/cache/"].contains($0) }
    guard !isThere else { return }
    if let last = bytes.last, last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
    bytes.append(contentsOf: "/cache/\n".utf8)
    try bytes.write(to: file, options: .atomic)
  }

  private static let manifest = """
    {
      "stages": {
        "greet": {
          "kind": "command",
          "description": "One branch for each name.",
          "map": { "name": ["Ada", "Emmy", "Grace"] },
          "params": { "greeting": "Hello" },
          "command": "echo \\"$PIPE_PARAM_greeting, $PIPE_AXIS_name!\\" > \\"$PIPE_OUTPUT_text\\"",
          "outputs": { "text": "greetings/{name}.txt" }
        },
        "collect": {
          "kind": "command",
          "description": "All branches of greet, in one file.",
          "inputs": { "texts": "greet@*" },
          "command": "cat greetings/*.txt > greetings.txt",
          "outputs": { "all": "greetings.txt" }
        }
      }
    }

    """
}
