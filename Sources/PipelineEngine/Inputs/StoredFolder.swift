import ArtifactCache
import PipelineManifest
import Workspaces

/// A folder output whose files are read one by one, at the paths that they have in the project.
///
/// Links are followed to what they lead to in the same folder, as a reader of the work tree would do.
/// Those that lead to nothing count as absent, unless it is one path that is asked for.
struct StoredFolder {
  private enum Node {
    case folder
    case file(StoredOutput)
    case link(target: [UInt8])
  }

  /// Where a path leads.
  private enum End {
    case nothing
    case circle
    case place([UInt8], Node)
  }

  /// As many as the system follows for one path.
  private static let linkLimit = 40
  private static let slash = UInt8(ascii: "/")

  /// Where the folder lies in the project.
  private let path: String
  /// The files at their own places.
  private var files: [StoredOutput] = []
  /// Everything by its place in the folder, which is empty for itself; left empty where no link is.
  private var nodes: [[UInt8]: Node] = [:]
  /// What lies right in each folder.
  private var names: [[UInt8]: [[UInt8]]] = [:]

  /// The folder output `output`, which lies at `path`.
  init(_ output: StoredOutput, at path: String, in store: ContentStore) throws(CacheError) {
    self.path = path
    let listing = try FolderListing(decoding: store.read(output.object))
    let references = Dictionary(
      output.members.map { ($0.digest, $0) }, uniquingKeysWith: { first, _ in first })
    let hasLinks = listing.entries.contains { if case .link = $0.kind { true } else { false } }
    for entry in listing.entries {
      let node: Node
      switch entry.kind {
      case .folder: node = .folder
      case .link(let target): node = .link(target: target)
      case .file(let isExecutable, let digest):
        guard let reference = references[digest] else { throw .missing(digest) }
        let file = StoredOutput(
          name: String(decoding: entry.path, as: UTF8.self), form: .file(executable: isExecutable),
          object: reference)
        files.append(file)
        node = .file(file)
      }
      if hasLinks { enter(node, at: entry.path) }
    }
  }

  /// Enters a node with the folders that hold it, which a listing need not name.
  private mutating func enter(_ node: Node, at path: [UInt8]) {
    var (path, node) = (path, node)
    while nodes.updateValue(node, forKey: path) == nil, !path.isEmpty {
      let parent = Self.parent(path)
      names[parent, default: []].append(
        parent.isEmpty ? path : Array(path.dropFirst(parent.count + 1)))
      (path, node) = (parent, .folder)
    }
  }

  private static func parent(_ path: [UInt8]) -> [UInt8] {
    path.lastIndex(of: slash).map { Array(path[..<$0]) } ?? []
  }

  private static func join(_ folder: [UInt8], _ name: some Collection<UInt8>) -> [UInt8] {
    folder.isEmpty ? Array(name) : folder + [slash] + name
  }
}

// MARK: - Files

extension StoredFolder {
  /// The files that a pattern means.
  ///
  /// Throws a ``BranchFailure`` where the one path that is meant is a link that leads to no file, and
  /// ``WorkspaceError/linkLoop(_:)`` where a link leads to a folder that holds it.
  func files(of pattern: FilePattern) throws -> [ResolvedFile] {
    var found: [ResolvedFile] = []
    if nodes.isEmpty {
      for file in files {
        let path = "\(self.path)/\(file.name)"
        if try pattern.covers(path) {
          found.append(ResolvedFile(path: path, content: .stored(file)))
        }
      }
    } else if case .file(let wanted) = pattern {
      if let file = try file(at: wanted) { found = [file] }
    } else {
      try walk([], at: path, above: [], pattern, into: &found)
    }
    return found
  }

  private func file(at wanted: String) throws(BranchFailure) -> ResolvedFile? {
    let place = Array(wanted.utf8.dropFirst(path.utf8.count + 1))
    let problem: String
    switch end(of: place) {
    case .place(_, .file(let file)): return ResolvedFile(path: wanted, content: .stored(file))
    case .circle: problem = "in a circle"
    case .nothing:
      guard case .link(let target)? = nodes[place] else { return nil }
      problem = "to '\(String(decoding: target, as: UTF8.self))', where nothing is"
    case .place: return nil
    }
    throw BranchFailure(
      cause: "the link '\(wanted)' leads \(problem)",
      hint: "look at what the stage that makes it wrote: pipe show STAGE.OUTPUT")
  }

  private func walk(
    _ folder: [UInt8], at path: String, above: [[UInt8]], _ pattern: FilePattern,
    into found: inout [ResolvedFile]
  ) throws {
    if above.contains(folder) { throw WorkspaceError.linkLoop(path) }
    for name in names[folder] ?? [] {
      let path = "\(path)/\(String(decoding: name, as: UTF8.self))"
      guard case .place(let place, let node) = end(of: Self.join(folder, name)) else { continue }
      if case .file(let file) = node {
        if try pattern.covers(path) {
          found.append(ResolvedFile(path: path, content: .stored(file)))
        }
      } else if try pattern.canCoverBelow(path) {
        try walk(place, at: path, above: above + [folder], pattern, into: &found)
      }
    }
  }

  /// Follows all links of a path; what it leads to is no link.
  private func end(of path: [UInt8]) -> End {
    var folder: [UInt8] = []
    var rest: [ArraySlice<UInt8>] = path.split(separator: Self.slash).reversed()
    var links = 0
    while let name = rest.popLast() {
      if name.elementsEqual(".".utf8) { continue }
      if name.elementsEqual("..".utf8) {
        folder = Self.parent(folder)
        continue
      }
      let place = Self.join(folder, name)
      switch nodes[place] {
      case .folder?: folder = place
      case .file(let file)?: return rest.isEmpty ? .place(place, .file(file)) : .nothing
      case .link(let target)?:
        links += 1
        if links > Self.linkLimit { return .circle }
        rest += target.split(separator: Self.slash).reversed()
      case nil: return .nothing
      }
    }
    return .place(folder, .folder)
  }
}
