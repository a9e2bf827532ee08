import ArtifactCache
import PipelineManifest
import Workspaces

extension LookMemo {
  /// What a run that found everything up to date depended on; nil if that cannot be told exactly.
  ///
  /// - Parameters:
  ///   - project: The project, opened with a ``LookStart``.
  ///   - programs: The programs that were looked for.
  ///   - results: The valid outputs of every branch.
  ///   - workTree: Has found every output at its place.
  /// - Throws: ``WorkspaceError`` when the listing of a folder output cannot be read.
  init?(
    of project: Project, programs: Programs, results: [[StoredOutput]?], workTree: WorkTree
  ) throws(WorkspaceError) {
    guard let start = project.start, let seen = start.witnesses,
      let sources = project.files.witnesses(begun: start.begun)
    else { return nil }
    self.init()
    let plan = project.plan
    cacheFolder = project.cacheFolder
    store = project.cache.folder
    declaredStore = plan.cacheFolder
    stages = plan.stages.map {
      Stage(name: $0.name, kind: $0.kind, branches: $0.branches.count)
    }
    self.programs = programs.found.map { Program(name: $0.name, path: $0.path) }
    let names = Set(plan.stages.flatMap { $0.command?.environment ?? [] }).sorted()
    variables = names.map {
      Variable(name: $0, value: programs.environment[$0].map { Digest.of($0) })
    }
    witnesses = seen + sources
    for branch in plan.branches {
      for planned in branch.outputs {
        guard let path = planned.path else { continue }
        guard let output = results[branch.id]?.first(where: { $0.name == planned.name }),
          let found = try workTree.witnesses(
            of: output, at: try ProjectPath(path), begun: start.begun)
        else { return nil }
        witnesses += found
      }
    }
    guard let objects = Self.objects(of: results, in: project.cache, begun: start.begun) else {
      return nil
    }
    self.objects = objects
  }

  /// The files of all objects that results consist of; nil where one is not as it was stored.
  private static func objects(
    of results: [[StoredOutput]?], in cache: Cache, begun time: Int64
  ) -> [Object]? {
    var objects: [Object] = []
    var known: Set<Digest> = []
    for reference in results.lazy.compactMap(\.self).joined().lazy.flatMap(\.objects) {
      guard known.insert(reference.digest).inserted else { continue }
      guard
        let witness = Witness.of(cache.objects.path(of: reference.digest), begun: time),
        witness.finding == .file || witness.finding == .executable,
        witness.signature.size == Int64(reference.storedSize)
      else { return nil }
      objects.append(Object(digest: reference.digest, signature: witness.signature))
    }
    return objects
  }
}
