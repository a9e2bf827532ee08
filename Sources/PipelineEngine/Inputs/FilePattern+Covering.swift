import Globs
import PipelineManifest
import Workspaces

extension FilePattern {
  /// Whether something that a stage makes is meant, whole.
  func covers(_ path: String) throws(WorkspaceError) -> Bool {
    let path = try ProjectPath(path)
    switch self {
    case .file(let own): return path == (try ProjectPath(own))
    case .folder(let own):
      let folder = try ProjectPath(own)
      return path == folder || path.isInside(folder)
    case .glob(let text): return Glob(text).matches(path.text)
    }
  }

  /// Whether something below a folder may be meant.
  func canCoverBelow(_ folder: String) throws(WorkspaceError) -> Bool {
    let folder = try ProjectPath(folder)
    switch self {
    case .file(let own): return try ProjectPath(own).isInside(folder)
    case .folder(let own):
      let own = try ProjectPath(own)
      return own == folder || own.isInside(folder) || folder.isInside(own)
    case .glob(let text): return Glob(text).canMatchBelow(folder.text)
    }
  }
}
