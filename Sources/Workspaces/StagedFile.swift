package import ArtifactCache

/// Something that a command finds in its folder before it starts.
package struct StagedFile: Sendable {
  package enum Content: Sendable {
    /// A file of the project, unchanged since it was digested.
    case source(SourceFile)
    /// An output of another branch, file or folder.
    case stored(StoredOutput)
    case bytes([UInt8], executable: Bool)
  }

  /// Where it is put, relative to the command's folder.
  package let path: ProjectPath
  package let content: Content

  package init(path: ProjectPath, content: Content) {
    self.path = path
    self.content = content
  }

  /// A project file at its own path; nil for an absolute input, which is read where it is.
  package init?(_ source: SourceFile) {
    guard let path = source.projectPath else { return nil }
    self.init(path: path, content: .source(source))
  }

  /// What decides whether two files at one path are the same.
  var identity: Identity {
    switch content {
    case .source(let file): .file(file.digest, file.isExecutable)
    case .bytes(let bytes, let executable): .file(.of(bytes), executable)
    case .stored(let output):
      switch output.form {
      case .file(let executable): .file(output.object.digest, executable)
      case .folder: .folder(output.object.digest)
      }
    }
  }

  enum Identity: Hashable {
    case file(Digest, Bool)
    case folder(Digest)
  }
}
