import ArtifactCache
import Foundation
import TestSupport
import Workspaces

/// A project with a store, as one run sees it.
struct Fixture {
  let base: String
  let project: ProjectFolder
  let store: ContentStore
  let sources: SourceFiles
  let folders: PrivateFolders
  let workTree: WorkTree
  let cache: Cache

  init(at base: String, memory: SignatureMemory = SignatureMemory()) throws {
    self.base = base
    try FileManager.default.createDirectory(
      atPath: base + "/project", withIntermediateDirectories: true)
    project = try ProjectFolder(root: base + "/project")
    cache = try Cache.open(at: project.root + "/cache") { _ in }
    store = cache.objects
    sources = SourceFiles(
      project: project, memory: memory, excluded: [try ProjectPath("cache")])
    folders = PrivateFolders(place: project.root + "/cache/work")
    workTree = WorkTree(
      project: project, store: store, memory: memory,
      displaced: project.root + "/cache/displaced")
  }

  var runner: CommandRunner {
    CommandRunner(
      sources: sources, workTree: workTree, store: store, folders: folders,
      failed: FailedFolders(place: project.root + "/cache/failed"),
      host: CommandHost(path: "/usr/local/bin:/usr/bin:/bin", home: "/nowhere"))
  }

  /// A second look at the same project, as a later run would have.
  func later(_ memory: SignatureMemory = SignatureMemory()) -> SourceFiles {
    SourceFiles(
      project: project, memory: memory, excluded: (try? ProjectPath("cache")).map { [$0] } ?? [])
  }
}

extension Fixture {
  func path(_ relative: String) -> String { project.root + "/" + relative }

  func write(_ text: String, to relative: String, executable: Bool = false) throws {
    let url = URL(fileURLWithPath: path(relative))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
    if executable {
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: url.path)
    }
  }

  func read(_ relative: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path(relative))), as: UTF8.self)
  }

  func exists(_ relative: String) -> Bool {
    // Of the link itself, not of what it leads to.
    (try? FileManager.default.attributesOfItem(atPath: path(relative))) != nil
  }

  func link(_ relative: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: path(relative), withDestinationPath: target)
  }

  func text(of output: StoredOutput) throws -> String {
    String(decoding: try store.read(output.object), as: UTF8.self)
  }

  /// Makes the files' change times old enough for their digests to be remembered.
  func settle() async throws {
    try await Task.sleep(for: .milliseconds(70))
  }
}

func withFixture(_ body: (Fixture) async throws -> Void) async throws {
  try await withTemporaryFolder { folder in
    let fixture = try Fixture(at: folder)
    defer { fixture.folders.close() }
    try await body(fixture)
  }
}
