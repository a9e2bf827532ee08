/// The projects that share a store: one file each in `roots/`.
extension Cache {
  /// Registers a project, by the absolute path of its own cache folder, as one whose needs are kept.
  ///
  /// Where it was registered before it was moved it is forgotten, as far as its `state` knows for sure.
  package func registerProject(_ folder: String, state: ProjectState? = nil) throws(CacheError) {
    let path = layout.root(of: folder)
    let isNew = try files.status(at: path) == nil
    if isNew {
      let file = try AtomicFile(in: layout.temporary, mode: 0o666, files)
      try file.append(Array(folder.utf8))
      try file.commit(to: path)
    }
    guard let state else { return }
    for place in try state.notePlace(folder, needsFormer: isNew) {
      if try isMissing(place) { try forgetProject(place) }
    }
  }

  /// The cache folders of the registered projects.
  package func registeredProjects() throws(CacheError) -> [String] {
    var folders: [String] = []
    for name in try files.list(layout.roots).sorted() {
      let file = try OpenFile.reading(layout.roots + "/" + name, files)
      folders.append(String(decoding: try file.read(4096, at: 0), as: UTF8.self))
    }
    return folders
  }

  /// Removes a project from those that are registered; fine when it is none of them.
  func forgetProject(_ folder: String) throws(CacheError) {
    let path = layout.root(of: folder)
    if try files.status(at: path) != nil { try files.remove(path) }
  }

  /// Whether nothing of a project is where it was registered: it was moved or deleted, or its disk is not
  /// mounted.
  fileprivate func isMissing(_ folder: String) throws(CacheError) -> Bool {
    try files.status(at: folder + "/project") == nil
  }
}

/// What the registered projects need of a store.
struct ProjectNeeds {
  private(set) var keys: Set<Digest> = []
  /// Whether every project has said what it needs.
  private(set) var areComplete = true
  private(set) var unreadable: [String] = []
  private(set) var missing: [String] = []

  /// Asks all projects; those that are missing count as none if `withoutMissing`.
  init(of cache: Cache, withoutMissing: Bool) throws(CacheError) {
    for folder in try cache.registeredProjects() {
      do throws(CacheError) {
        if try cache.isMissing(folder) {
          missing.append(folder)
          continue
        }
        let state = try ProjectState.open(
          at: folder, readOnly: true, files: cache.files, onNotice: cache.onNotice)
        let more = try state.neededKeys()
        keys.formUnion(more)
        if more.isEmpty { areComplete = false }
      } catch {
        unreadable.append(folder)
      }
    }
    let isAnyLost = !unreadable.isEmpty || !(missing.isEmpty || withoutMissing)
    if isAnyLost || keys.isEmpty { areComplete = false }
  }
}
