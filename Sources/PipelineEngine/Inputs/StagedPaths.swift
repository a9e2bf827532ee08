import ArtifactCache
package import PipelineManifest
import StageInterface

/// A branch's name as the name of a folder.
enum FolderName {
  /// The name itself, unless no file system takes one so long: then its beginning and a digest.
  static func of(branch name: String) -> String {
    // Names are ASCII: whatever else is in a value is written %XX.
    name.utf8.count <= 255 ? name : "\(name.prefix(200))-\(Digest.of(name).short)"
  }
}

extension Plan {
  /// Where a command finds an output of another branch in its private folder.
  ///
  /// An output with a declared path is found there; one that stays in the store has a place of its own.
  func stagedPath(of output: String, from branch: BranchID) -> String {
    let planned = branches[branch].outputs.first { $0.name == output }
    return planned?.path ?? ".pipe/inputs/" + exportPath(of: output, from: branch)
  }

  /// Where an output lies below a folder of exported artifacts: a folder for the branch, and in it a
  /// name with the extension that kind or declared path gives it.
  package func exportPath(of output: String, from branch: BranchID) -> String {
    let path = "\(FolderName.of(branch: name(of: branch)))/\(output)"
    let stage = stages[branches[branch].stage]
    let declared = stage.declaration?.outputs.first { $0.name == output }
    if case .file(let fileExtension)? = declared?.form { return "\(path).\(fileExtension)" }
    let place = branches[branch].outputs.first { $0.name == output }?.path ?? ""
    guard let file = place.split(separator: "/").last, let dot = file.lastIndex(of: "."),
      dot > file.startIndex
    else { return path }
    return path + file[dot...]
  }
}
