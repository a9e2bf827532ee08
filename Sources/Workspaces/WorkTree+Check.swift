package import ArtifactCache

extension WorkTree {
  /// Whether the place holds the output already, told from remembered signatures alone.
  ///
  /// False where reading would be needed to know; ``restore(_:at:recorded:made:)`` then finds out.
  package func holds(_ output: StoredOutput, at path: ProjectPath) -> Bool {
    guard case .file(let executable) = output.form,
      let status = try? FileStatus.of(project.absolute(path), following: false),
      status.form == .file, status.isExecutable == executable
    else { return false }
    return memory.digest(for: status.signature) == output.object.digest
  }
}
