import ArtifactCache

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a command made.
struct CapturedOutputs {
  /// In the order of their declarations; all are in the store.
  var outputs: [StoredOutput] = []
  /// What each of their files was when it was stored.
  var signatures: [ProjectPath: MadeFiles.Signature] = [:]
}

/// Puts what a command made into the store.
struct OutputCapture: Sendable {
  /// Where the command ran.
  let folder: ProjectFolder
  let store: ContentStore
  /// Files that were there before, for the list of what the command made instead of an output.
  let inputs: Set<ProjectPath>

  /// The outputs in the order of their declarations.
  ///
  /// Throws ``WorkspaceError/missingOutput(name:path:found:nearest:)`` for the first that is not there.
  /// An output may not be a link, and links inside a folder must stay in it.
  func capture(_ outputs: [DeclaredOutput]) throws(WorkspaceError) -> CapturedOutputs {
    var captured = CapturedOutputs()
    for output in outputs {
      do throws(WorkspaceError) {
        captured.outputs.append(try capture(output, &captured.signatures))
      } catch {
        throw error.isAbsence ? missing(output) : error
      }
    }
    return captured
  }

  private func capture(
    _ output: DeclaredOutput, _ signatures: inout [ProjectPath: MadeFiles.Signature]
  ) throws(WorkspaceError) -> StoredOutput {
    let parent = try folder.openParent(of: output.path, creating: false)
    let name = output.path.name
    guard let status = try FileStatus.of(name, in: parent.number, following: false) else {
      throw missing(output)
    }
    let expected: FileForm = output.form == .file ? .file : .folder
    guard status.form == expected else {
      throw .wrongForm(output.path.text, expected: expected, found: status.form)
    }
    switch output.form {
    case .file:
      let file = try put(name, in: parent, shown: output.path.text)
      signatures[output.path] = file.signature
      return StoredOutput(
        name: output.name, form: .file(executable: file.isExecutable), object: file.object)
    case .folder:
      return try captureFolder(output, in: parent, &signatures)
    }
  }

  private struct StoredFile {
    let object: ObjectReference
    let isExecutable: Bool
    let signature: MadeFiles.Signature
  }

  private func put(
    _ name: String, in folder: borrowing Descriptor, shown: String
  ) throws(WorkspaceError) -> StoredFile {
    let file = try Descriptor(name, O_RDONLY | O_NOFOLLOW, in: folder.number, shown: shown)
    let begun = fileClock()
    let status = try FileStatus.of(file, shown: shown)
    let object = try storing { () throws(CacheError) in
      try store.put(contentsOf: file.number, path: shown)
    }
    return StoredFile(
      object: object, isExecutable: status.isExecutable,
      signature: MadeFiles.Signature(
        value: status.signature, isSettled: status.signature.isSettled(at: begun)))
  }
}

// MARK: - Folders

extension OutputCapture {
  private struct Contents {
    var entries: [FolderListing.Entry] = []
    var members: [ObjectReference] = []
    var signatures: [(path: ProjectPath, signature: MadeFiles.Signature)] = []
  }

  private func captureFolder(
    _ output: DeclaredOutput, in parent: borrowing Descriptor,
    _ signatures: inout [ProjectPath: MadeFiles.Signature]
  ) throws(WorkspaceError) -> StoredOutput {
    let top = try Descriptor.folder(
      output.path.name, in: parent.number, following: false, shown: output.path.text)
    var contents = Contents()
    try collect(top, at: nil, output, into: &contents)
    for file in contents.signatures {
      signatures[output.path.appending(file.path.text)] = file.signature
    }
    let entries = contents.entries
    let object = try storing { () throws(CacheError) in
      try store.put(try FolderListing(entries).encoded)
    }
    return StoredOutput(
      name: output.name, form: .folder, object: object, members: contents.members)
  }

  private func collect(
    _ folder: borrowing Descriptor, at path: ProjectPath?, _ output: DeclaredOutput,
    into contents: inout Contents
  ) throws(WorkspaceError) {
    let shown = path.map { output.path.appending($0.text).text } ?? output.path.text
    for entry in try folder.contents(shown: shown) {
      let place = ProjectPath.child(entry.name, of: path)
      let kind: FolderListing.Kind
      switch entry.form {
      case .folder:
        kind = .folder
        let inner = try Descriptor.folder(
          entry.name, in: folder.number, following: false, shown: shown)
        try collect(inner, at: place, output, into: &contents)
      case .file:
        let file = try put(entry.name, in: folder, shown: shown + "/" + entry.name)
        contents.members.append(file.object)
        contents.signatures.append((place, file.signature))
        kind = .file(executable: file.isExecutable, digest: file.object.digest)
      case .link:
        kind = .link(target: try linkTarget(entry.name, in: folder, at: place, output))
      case .other:
        throw .wrongForm(shown + "/" + entry.name, expected: .file, found: .other)
      }
      contents.entries.append(FolderListing.Entry(path: place.bytes, kind: kind))
    }
  }

  private func linkTarget(
    _ name: String, in folder: borrowing Descriptor, at place: ProjectPath, _ output: DeclaredOutput
  ) throws(WorkspaceError) -> [UInt8] {
    let shown = output.path.appending(place.text).text
    let target = try Descriptor.linkTarget(name, in: folder.number, shown: shown)
    var depth = place.ancestors.count
    for component in target.split(separator: UInt8(ascii: "/")) where depth >= 0 {
      if component.elementsEqual("..".utf8) {
        depth -= 1
      } else if !component.elementsEqual(".".utf8) {
        depth += 1
      }
    }
    if depth < 0 || target.first == UInt8(ascii: "/") {
      throw .linkLeavesOutput(shown, target: String(decoding: target, as: UTF8.self))
    }
    return target
  }
}

// MARK: - What is there instead

extension OutputCapture {
  private func missing(_ output: DeclaredOutput) -> WorkspaceError {
    let walk = SourceWalk(
      project: folder, skipped: [], skippedFolders: [], outputs: DeclaredPlaces { [] },
      confined: false)
    let present = (try? walk.files(below: folder.root, prefix: "", .everything))?.files ?? []
    let made = present.map(\.path).filter { path in
      (try? ProjectPath(path)).map { !inputs.contains($0) } ?? true
    }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return .missingOutput(
      name: output.name, path: output.path.text, found: made,
      nearest: nearestName(to: output.path.text, among: made))
  }
}
