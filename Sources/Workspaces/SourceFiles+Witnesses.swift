package import ArtifactCache
import Synchronization

extension SourceFiles {
  /// Everything that decided which files were found and what they hold; nil if that cannot be told.
  ///
  /// It cannot where a link of the project was followed, or where something had not settled when this
  /// run, which began at `time`, looked at it: see ``FileSignature/isSettled(at:)``.
  package func witnesses(begun time: Int64) -> [Witness]? {
    let (folders, metLink) = looked.withLock { ($0.folders, $0.metLink) }
    if metLink { return nil }
    var witnesses: [Witness] = []
    var parents: Set<ProjectPath> = []
    for once in files.withLock({ Array($0.values) }) {
      guard let file = once.file.withLock({ $0 }), file.signature.isSettled(at: time) else {
        return nil
      }
      if let parent = file.projectPath?.parent { parents.formUnion(parent.ancestors + [parent]) }
      witnesses.append(file.witness)
    }
    for (path, status) in folders {
      guard status.signature.isSettled(at: time) else { return nil }
      witnesses.append(status.witness(at: path.text, followingLink: true))
    }
    for parent in parents {
      guard let status = try? FileStatus.of(project.absolute(parent), following: false),
        status.form == .folder
      else { return nil }
      witnesses.append(Witness(path: parent.text, followsLink: false, finding: .someFolder))
    }
    return witnesses
  }
}

extension SourceFile {
  /// A file of the project is no link, or there would be no witnesses at all.
  fileprivate var witness: Witness {
    Witness(
      path: path, followsLink: path.utf8.first == UInt8(ascii: "/"),
      finding: isExecutable ? .executable : .file, signature: signature)
  }
}
