package import ArtifactCache

extension WorkTree {
  /// What shows that an output is at its place, told from remembered signatures; nil where it is not,
  /// or where that cannot be told without reading.
  package func witnesses(
    of output: StoredOutput, at path: ProjectPath, begun time: Int64
  ) throws(WorkspaceError) -> [Witness]? {
    switch output.form {
    case .file(let executable):
      let status = try FileStatus.of(project.absolute(path), following: false)
      return witness(of: output.object.digest, executable, at: path, status, begun: time)
        .map { [$0] }
    case .folder:
      var witnesses = [Witness(path: path.text, followsLink: false, finding: .someFolder)]
      for entry in try FolderContent(of: output, in: store).entries {
        let place = path.appending(entry.path.text)
        guard let witness = try witness(of: entry.kind, at: place, begun: time) else { return nil }
        witnesses.append(witness)
      }
      let areThere = try WitnessCheck(in: project.root).holds(witnesses[0])
      return areThere ? witnesses : nil
    }
  }

  private func witness(
    of kind: FolderContent.Kind, at path: ProjectPath, begun time: Int64
  ) throws(WorkspaceError) -> Witness? {
    let status = try FileStatus.of(project.absolute(path), following: false)
    switch kind {
    case .folder:
      guard status?.form == .folder else { return nil }
      return Witness(path: path.text, followsLink: false, finding: .someFolder)
    case .file(let object, let executable):
      return witness(of: object.digest, executable, at: path, status, begun: time)
    case .link(let target):
      guard let status, status.form == .link, status.signature.isSettled(at: time),
        try identity(of: path, status) == .link(target: Array(target.utf8))
      else { return nil }
      return status.witness(at: path.text, followingLink: false)
    }
  }

  private func witness(
    of digest: Digest, _ executable: Bool, at path: ProjectPath, _ status: FileStatus?,
    begun time: Int64
  ) -> Witness? {
    guard let status, status.form == .file, status.isExecutable == executable,
      status.signature.isSettled(at: time), memory.digest(for: status.signature) == digest
    else { return nil }
    return status.witness(at: path.text, followingLink: false)
  }
}
