package import PipelineManifest
import StageInterface

extension Plan {
  /// Where a command finds an output of another branch in its private folder.
  ///
  /// An output with a declared path is found there; one that stays in the store has a place of its own.
  func stagedPath(of output: String, from branch: BranchID) -> String {
    let planned = branches[branch].outputs.first { $0.name == output }
    return planned?.path ?? ".pipe/inputs/" + exportName(of: output, from: branch)
  }

  /// A file name for an output: branch, output and the extension that kind or path gives it.
  package func exportName(of output: String, from branch: BranchID) -> String {
    let name = "\(self.name(of: branch)).\(output)"
    let stage = stages[branches[branch].stage]
    let declared = stage.declaration?.outputs.first { $0.name == output }
    if case .file(let fileExtension)? = declared?.form { return "\(name).\(fileExtension)" }
    let path = branches[branch].outputs.first { $0.name == output }?.path ?? ""
    guard let file = path.split(separator: "/").last, let dot = file.lastIndex(of: "."),
      dot > file.startIndex
    else { return name }
    return name + file[dot...]
  }
}
