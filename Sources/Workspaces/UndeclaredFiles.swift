/// Finds, in what a failed command printed, project files that it looked for but that no input declares.
///
/// Programs word this differently, so every line that speaks of something missing is searched for words
/// that are paths of existing project files. It is for a hint only.
struct UndeclaredFiles: Sendable {
  let project: ProjectFolder
  /// Where the command ran; absolute paths below it mean project paths.
  let workingFolder: ProjectFolder
  /// What the command was given.
  let declared: Set<ProjectPath>

  private static let phrases = [
    "no such file", "not found", "cannot open", "can't open", "could not open", "cannot find",
    "could not find", "does not exist", "doesn't exist", "no module named", "cannot access",
    "enoent",
  ]

  /// The paths, in the order in which the output names them.
  func find(in log: [UInt8]) -> [String] {
    var found: [ProjectPath] = []
    for line in TerminalText.lastLines(100, of: log) {
      let small = line.lowercased()
      guard Self.phrases.contains(where: small.contains) else { continue }
      for word in Self.words(of: line) {
        for path in candidates(word, isModule: small.contains("no module named"))
        where !found.contains(path) && isUndeclared(path) {
          found.append(path)
          break
        }
      }
    }
    return found.map(\.text)
  }

  /// What stands in quotes, and what stands between blanks or colons.
  private static func words(of line: String) -> [String] {
    let quotes: Set<Character> = ["'", "\"", "`", "‘", "’", "“", "”"]
    let quoted = line.split(omittingEmptySubsequences: true, whereSeparator: quotes.contains)
    let separated = line.split { $0 == " " || $0 == ":" || quotes.contains($0) }
    let byColon = line.split(separator: ":").map { $0.drop { $0 == " " } }
    return (quoted + separated + byColon).map(String.init)
  }

  private func candidates(_ word: String, isModule: Bool) -> [ProjectPath] {
    var texts = [word]
    if isModule {
      let path = word.split(separator: ".").joined(separator: "/")
      let top = word.split(separator: ".").first.map(String.init) ?? word
      texts = [path + ".py", top + ".py", top + "/__init__.py"]
    }
    return texts.compactMap { text in
      workingFolder.projectPath(ofAbsolute: text) ?? project.projectPath(ofAbsolute: text)
        ?? (try? ProjectPath(text))
    }
  }

  private func isUndeclared(_ path: ProjectPath) -> Bool {
    if declared.contains(path) || path.ancestors.contains(where: declared.contains) { return false }
    let form = (try? FileStatus.of(project.absolute(path), following: true))??.form
    switch form {
    case .file: return true
    case .folder: return !declared.contains { $0.isInside(path) }
    default: return false
    }
  }
}
