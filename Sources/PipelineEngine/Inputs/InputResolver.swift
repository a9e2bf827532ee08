import ArtifactCache
import PipelineManifest
import StageInterface
import Workspaces

/// Finds the content of a branch's inputs, from the results of other branches and the project's files.
struct InputResolver {
  let project: Project
  /// Content of collections already resolved; a collection's branches finish before anyone reads it.
  private var collections: [CollectionKey: ResolvedCollection] = [:]

  private struct CollectionKey: Hashable {
    let collection: CollectionID
    let artifacts: [String]
  }

  init(project: Project) {
    self.project = project
  }

  /// Forgets what was resolved from `branch`, whose result has changed.
  mutating func forget(_ branch: BranchID) {
    collections = collections.filter {
      !project.plan.collections[$0.key.collection].branches.contains(branch)
    }
  }

  /// Reads the files of many branches on all cores; ``resolve(_:results:)`` tells what is wrong with them.
  func readAhead(for branches: some Sequence<PlannedBranch>) {
    var paths: [String] = []
    for input in branches.lazy.flatMap(\.inputs) {
      guard case .files(.file(let path), let producers) = input.source, producers.isEmpty else {
        continue
      }
      paths.append(path)
    }
    project.files.readAhead(paths)
  }

  /// The inputs of `branch`, in the order of the plan.
  ///
  /// - Parameters:
  ///   - branch: A branch whose dependencies all have results.
  ///   - results: Outputs by branch.
  /// - Returns: One resolved input for each planned one.
  /// - Throws: ``WorkspaceError`` for a file that is missing or unreadable, ``BranchFailure`` for one
  ///   that its maker did not make; ``CacheError`` when the
  ///   listing of a folder output is damaged.
  mutating func resolve(
    _ branch: PlannedBranch, results: [[StoredOutput]?]
  ) throws -> [ResolvedInput] {
    var resolved: [ResolvedInput] = []
    resolved.reserveCapacity(branch.inputs.count)
    for input in branch.inputs {
      let content: ResolvedInput.Content
      switch input.source {
      case .outputs(let source, let names):
        content = .artifacts(outputs(names, of: source, results))
      case .collected(let collection, let names):
        content = .collected(collected(collection, names, results))
      case .files(let pattern, let producers):
        content = .files(try files(pattern, producers, results))
      }
      resolved.append(ResolvedInput(name: input.name, content: content))
    }
    return resolved
  }

  private func outputs(
    _ names: [String], of branch: BranchID, _ results: [[StoredOutput]?]
  ) -> BranchOutputs {
    let all = results[branch] ?? []
    return BranchOutputs(
      branch: branch,
      outputs: names.compactMap { name in all.first { $0.name == name } })
  }

  private mutating func collected(
    _ id: CollectionID, _ names: [String], _ results: [[StoredOutput]?]
  ) -> ResolvedCollection {
    let key = CollectionKey(collection: id, artifacts: names)
    if let known = collections[key] { return known }
    let collection = project.plan.collections[id]
    var list = KeyPreimage()
    var stagedList = KeyPreimage()
    let elements = collection.elements.map { element in
      let content = outputs(names, of: element.branch, results)
      for (axis, value) in zip(collection.axes, element.axisValues) {
        list.add(.axis, axis, value.description)
        stagedList.add(.axis, axis, value.description)
      }
      for output in content.outputs {
        list.add(.input, output.name, output.contentText)
        let path = project.plan.stagedPath(of: output.name, from: element.branch)
        stagedList.add(.file, path, output.contentText)
      }
      return ResolvedCollection.Element(axisValues: element.axisValues, content: content)
    }
    let resolved = ResolvedCollection(
      axes: collection.axes, elements: elements, digest: Digest.of(list.encoded),
      stagedDigest: Digest.of(stagedList.encoded))
    collections[key] = resolved
    return resolved
  }

  /// Files that stages make come from the store, the others from the project.
  private func files(
    _ pattern: FilePattern, _ producers: [ProducedPath], _ results: [[StoredOutput]?]
  ) throws -> [ResolvedFile] {
    var files: [ResolvedFile] = []
    for producer in producers {
      guard let output = results[producer.branch]?.first(where: { $0.name == producer.output })
      else { continue }
      files += try produced(output, at: producer.path, meant: pattern)
    }
    if producers.isEmpty || !pattern.isFile {
      let places = try producers.map { try ProjectPath($0.path) }
      for source in try project.files.resolve(pattern.sources, produced: places) {
        files.append(ResolvedFile(path: source.path, content: .source(source)))
      }
    }
    if pattern.isFile, files.isEmpty {
      throw BranchFailure(
        cause: "'\(pattern.text)' is not in the output of the stage that should make it",
        hint: "look at what that stage wrote: pipe show STAGE.OUTPUT")
    }
    return files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// The part of an output at `path` that the pattern means: all of it, or files of a folder.
  private func produced(
    _ output: StoredOutput, at path: String, meant pattern: FilePattern
  ) throws -> [ResolvedFile] {
    if try pattern.covers(path) { return [ResolvedFile(path: path, content: .stored(output))] }
    guard case .folder = output.form else { return [] }
    return try StoredFolder(output, at: path, in: project.cache.objects).files(of: pattern)
  }
}

extension FilePattern {
  fileprivate var isFile: Bool {
    if case .file = self { true } else { false }
  }

  fileprivate var sources: SourcePattern {
    switch self {
    case .file(let path): .file(path)
    case .folder(let path): .folder(path)
    case .glob(let text): .glob(text)
    }
  }
}
