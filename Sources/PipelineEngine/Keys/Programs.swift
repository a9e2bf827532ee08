import ArtifactCache
import PipelineManifest
import Synchronization
import Workspaces

/// The programs that commands run: where they are on this machine, and what they contain.
final class Programs: Sendable {
  /// The environment this process was started with.
  let environment: [String: String]
  /// What commands get of it unasked: they find programs where their keys looked for them.
  let host: CommandHost
  private let files: SourceFiles
  /// By the bytes of their names, which `String` does not tell apart.
  private let known = Mutex<[[UInt8]: Program]>([:])

  struct Program: Sendable {
    /// As the command names it.
    let name: String
    /// At its absolute path, as it was when this run first looked at it.
    let file: SourceFile

    var path: String { file.path }
    var digest: Digest { file.digest }
  }

  init(environment: [String: String], files: SourceFiles) {
    self.environment = environment
    self.files = files
    host = CommandHost(
      path: environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin", home: environment["HOME"])
  }

  /// Operating system and processor family, as they enter the key of a command.
  static let platform: String = {
    #if os(Linux)
      let system = "linux"
    #elseif os(macOS)
      let system = "macos"
    #else
      let system = "other"
    #endif
    #if arch(x86_64)
      return system + " x86_64"
    #elseif arch(arm64)
      return system + " arm64"
    #else
      return system + " other"
    #endif
  }()

  /// These programs, each once.
  func digests(of names: [String]) throws(BranchFailure) -> [Program] {
    var programs: [Program] = []
    for name in names
    where !programs.contains(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
      programs.append(try program(name))
    }
    return programs
  }

  /// The program that `name` means on the PATH.
  func program(_ name: String) throws(BranchFailure) -> Program {
    let key = Array(name.utf8)
    if let program = known.withLock({ $0[key] }) { return program }
    guard let path = Self.path(of: name, in: files.project, environment: environment) else {
      throw BranchFailure(
        cause: name.contains("/")
          ? "there is no program '\(name)'" : "program '\(name)' is not on the PATH",
        hint: nearest(to: name)
          ?? "install it, or correct the first element of 'command' (or 'tools')")
    }
    do {
      let program = Program(name: name, file: try files.file(at: path))
      known.withLock { $0[key] = program }
      return program
    } catch {
      throw BranchFailure(cause: "program '\(path)' cannot be read: \(error)")
    }
  }

  /// Every program that was found, as it was named.
  var found: [Program] { known.withLock { Array($0.values) } }

  private func nearest(to name: String) -> String? {
    ProgramSearch(path: Self.searchPath(environment)).nearest(to: name).map {
      "did you mean '\($0)'?"
    }
  }

  private static func searchPath(_ environment: [String: String]) -> String {
    environment["PATH"] ?? CommandHost.current.path
  }

  /// Where `name` is: on the PATH, or, with a slash, at that place of the project or the machine.
  static func path(
    of name: String, in project: ProjectFolder, environment: [String: String]
  ) -> String? {
    let isRelative = name.contains("/") && !name.hasPrefix("/")
    let search = ProgramSearch(path: searchPath(environment))
    return search.find(isRelative ? "\(project.root)/\(name)" : name)
  }
}
