package import ArtifactCache
package import Workspaces

/// What a project has written into its work tree, by path and by folder.
///
/// Time to ask for what lies in a folder is linear in the answer, however much was written elsewhere.
package struct WrittenTree {
  package private(set) var kinds: WrittenOutputs
  /// What lies right in each folder, removed paths included; nil until a folder is asked about.
  private var contents: [ProjectPath: Set<ProjectPath>]?

  package init(_ kinds: WrittenOutputs) {
    self.kinds = kinds
  }

  package subscript(path: ProjectPath) -> FolderListing.Kind? {
    get { kinds[path] }
    set {
      kinds[path] = newValue
      if newValue != nil, contents != nil { enter(path) }
    }
  }

  /// All that was written below `folder`, at any depth.
  package mutating func inside(_ folder: ProjectPath) -> WrittenOutputs {
    if contents == nil {
      contents = [:]
      for path in kinds.keys { enter(path) }
    }
    var found: WrittenOutputs = [:]
    var folders = [folder]
    while let next = folders.popLast() {
      for path in contents?[next] ?? [] {
        if let kind = kinds[path] { found[path] = kind }
        folders.append(path)
      }
    }
    return found
  }

  private mutating func enter(_ path: ProjectPath) {
    var path = path
    while let parent = path.parent,
      contents?[parent, default: []].insert(path).inserted == true
    {
      path = parent
    }
  }
}

extension ProjectState {
  /// What is recorded as written into the work tree.
  package func writtenPlaces() throws -> WrittenOutputs {
    var places: WrittenOutputs = [:]
    for (path, kind) in try writtenOutputs() {
      places[try ProjectPath(String(decoding: path, as: UTF8.self))] = kind
    }
    return places
  }
}
