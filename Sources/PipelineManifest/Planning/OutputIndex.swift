import Globs

/// Every declared output path of the plan, for conflicts and for edges by path.
struct OutputIndex {
  struct Entry {
    let stage: Int
    let branch: BranchID
    /// Among the stage's declared outputs.
    let output: Int
    let path: String
    let isFolder: Bool
  }

  private(set) var entries: [Entry] = []
  private var byPath: [PathKey: Int32] = [:]
  /// Folders that hold an output, with the first such.
  private var folders: [PathKey: Int32] = [:]
  /// Entries by the bytes of their paths.
  private var sorted: [Int32] = []

  /// How two outputs get into each other's way.
  enum Conflict {
    case same(Entry)
    /// The new one holds the other.
    case holds(Entry)
    /// The new one lies in the other.
    case lies(Entry)
  }

  /// Adds an output; the conflict instead when there is one.
  mutating func insert(_ entry: Entry) -> Conflict? {
    let key = PathKey(path: entry.path)
    if let other = byPath[key] { return .same(entries[Int(other)]) }
    if let inner = folders[key] { return .holds(entries[Int(inner)]) }
    let number = Int32(entries.count)
    var parent = ProjectPath.parent(entry.path)
    while let folder = parent {
      let key = PathKey(path: folder)
      if let outer = byPath[key] { return .lies(entries[Int(outer)]) }
      // Above a folder that is known nothing can be an output: that was looked at before.
      if folders[key] != nil { break }
      parent = ProjectPath.parent(folder)
    }
    parent = ProjectPath.parent(entry.path)
    while let folder = parent, folders.updateValue(number, forKey: PathKey(path: folder)) == nil {
      parent = ProjectPath.parent(folder)
    }
    byPath[key] = number
    entries.append(entry)
    return nil
  }

  /// Whether some output lies in a folder.
  func isFolderOfOutputs(_ path: String) -> Bool {
    path.isEmpty ? !entries.isEmpty : folders[PathKey(path: path)] != nil
  }

  /// The outputs that a pattern covers or lies in, by the bytes of their paths.
  mutating func producers(of pattern: FilePattern) -> [Entry] {
    switch pattern {
    case .file(let path): return outputs(holding: path).map { [$0] } ?? []
    case .folder(let path):
      if let outer = outputs(holding: path) { return [outer] }
      return isFolderOfOutputs(path) ? below(path) : []
    case .glob(let text):
      let folder = Glob.literalFolder(text)
      if !folder.isEmpty, let outer = outputs(holding: folder) { return [outer] }
      guard isFolderOfOutputs(folder) else { return [] }
      let glob = Glob(text)
      return below(folder).filter {
        glob.matches($0.path) || $0.isFolder && glob.canMatchBelow($0.path)
      }
    }
  }

  /// The output that is a path, or the folder output that holds it.
  private func outputs(holding path: String) -> Entry? {
    if let same = byPath[PathKey(path: path)] { return entries[Int(same)] }
    var parent = ProjectPath.parent(path)
    while let folder = parent {
      if let outer = byPath[PathKey(path: folder)], entries[Int(outer)].isFolder {
        return entries[Int(outer)]
      }
      parent = ProjectPath.parent(folder)
    }
    return nil
  }

  /// All outputs in a folder, found by bisection.
  private mutating func below(_ folder: String) -> [Entry] {
    if sorted.count != entries.count {
      sorted = entries.indices.sorted {
        entries[$0].path.utf8.lexicographicallyPrecedes(entries[$1].path.utf8)
      }.map { Int32($0) }
    }
    let prefix = folder.isEmpty ? "" : folder + "/"
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if entries[Int(sorted[middle])].path.utf8.lexicographicallyPrecedes(prefix.utf8) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return sorted[low...].prefix { entries[Int($0)].path.utf8.starts(with: prefix.utf8) }
      .map { entries[Int($0)] }
  }
}
