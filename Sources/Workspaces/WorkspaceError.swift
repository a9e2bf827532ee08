package import ArtifactCache

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why a file operation between the project, the store and a command's folder was refused or failed.
package enum WorkspaceError: Error, Sendable, Equatable {
  /// A path that cannot name a place inside the project.
  case unsafePath(String, PathFlaw)
  /// A file name that is not UTF-8; `pipeline.json`, keys and tables could not name it.
  case nameIsNotUTF8(folder: String, name: [UInt8])
  /// Nothing has that name. The nearest existing path, where one is near.
  case missing(String, nearest: String?)
  /// No file of the project matches a pattern.
  case nothingMatches(String)
  /// A symbolic link whose target lies outside the project.
  case linkLeavesProject(String, target: String)
  /// An input that is, through a symbolic link, an output of a stage.
  case linkToOutput(String, output: String)
  /// A chain of links between folders that never ends.
  case linkLoop(String)
  /// A symbolic link where a folder is needed; nothing is written through links.
  case linkInTheWay(String)
  /// A folder where a file is needed, the other way round, or neither.
  case wrongForm(String, expected: FileForm, found: FileForm)
  /// Project files whose content is no longer what this run began with.
  case changed([String])
  /// Two inputs put different content at one path.
  case conflict(String)
  /// A declared output that the command did not make; `found` lists what it made instead.
  case missingOutput(name: String, path: String, found: [String], nearest: String?)
  /// A link inside an output that does not stay inside that output, or an output that is a link.
  case linkLeavesOutput(String, target: String)
  case io(operation: String, path: String, code: Int32)
  case cache(CacheError)
}

/// What is wrong with a path.
package enum PathFlaw: Sendable, Equatable {
  case empty
  case absolute
  case leavesProject
  case containsNUL
}

extension WorkspaceError {
  /// The error of the system call that has just failed.
  static func system(_ operation: String, _ path: String) -> WorkspaceError {
    .io(operation: operation, path: path, code: errno)
  }

  /// Whether the failure is that nothing has that name.
  var isAbsence: Bool {
    if case .io(_, _, let code) = self { code == ENOENT || code == ENOTDIR } else { false }
  }
}

extension WorkspaceError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unsafePath(let path, let flaw):
      "path \(quoted(path)) \(flaw.description)"
    case .nameIsNotUTF8(let folder, let name):
      "a file in \(quoted(folder)) has a name that is not UTF-8 (\(quoted(name))): rename it"
    case .missing(let path, let nearest?):
      "\(quoted(path)) does not exist; did you mean \(quoted(nearest))?"
    case .missing(let path, nil):
      "\(quoted(path)) does not exist"
    case .nothingMatches(let pattern):
      "no file of the project matches \(quoted(pattern)); wildcards leave hidden files out"
    case .linkLeavesProject(let path, let target):
      "link \(quoted(path)) leads out of the project to \(quoted(target)): "
        + "copy the file into the project, or declare its absolute path as the input"
    case .linkToOutput(let path, let output):
      "\(quoted(path)) is, through a symbolic link, the output \(quoted(output)) of a stage, "
        + "and would be read as it was before that stage ran: name the output itself as the input"
    case .linkLoop(let path):
      "link \(quoted(path)) leads back to a folder that holds it: remove the link"
    case .linkInTheWay(let path):
      "\(quoted(path)) is a symbolic link, and nothing is written through links: "
        + "replace it by a folder, or declare another output path"
    case .wrongForm(let path, let expected, let found):
      "\(quoted(path)) is \(found.phrase), but \(expected.phrase) is needed there"
    case .changed(let paths):
      "changed while the run was using it: \(paths.prefix(5).map(quoted).joined(separator: ", "))"
        + (paths.count > 5 ? " and \(paths.count - 5) more" : "") + "; run again"
    case .conflict(let path):
      "two inputs put different content at \(quoted(path))"
    case .missingOutput(let name, let path, let found, let nearest):
      Self.missingOutput(name, path, found, nearest)
    case .linkLeavesOutput(let path, let target):
      "link \(quoted(path)) leads to \(quoted(target)), outside of its output: "
        + "write a file there, or a relative link that stays inside"
    case .io(let operation, let path, let code):
      "cannot \(operation) \(quoted(path)): \(String(cString: strerror(code)))"
    case .cache(let error):
      error.description
    }
  }

  private static func missingOutput(
    _ name: String, _ path: String, _ found: [String], _ nearest: String?
  ) -> String {
    var text = "output '\(name)' is missing: the command made no \(quoted(path))"
    if found.isEmpty {
      text += " (and no other file)"
    } else {
      text += "; it made \(found.prefix(8).map(quoted).joined(separator: ", "))"
      if found.count > 8 { text += " and \(found.count - 8) more" }
    }
    if let nearest { text += "; did you mean \(quoted(nearest))?" }
    return text
  }
}

extension PathFlaw: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "is empty"
    case .absolute: "is absolute: give a path relative to the project"
    case .leavesProject: "leads out of the project: '..' is not allowed"
    case .containsNUL: "contains a NUL byte"
    }
  }
}

/// Runs `body`, turning the store's errors into ours.
func storing<Value: ~Copyable>(
  _ body: () throws(CacheError) -> Value
) throws(WorkspaceError) -> Value {
  do {
    return try body()
  } catch {
    throw .cache(error)
  }
}
