import ArtifactCache
import PipelineEngine
import Testing
import Workspaces

/// The tree of what a project has written answers as a look at every path would.
@Suite struct WrittenTreeTests {
  private func plainly(_ kinds: WrittenOutputs, inside folder: ProjectPath) -> WrittenOutputs {
    kinds.filter { $0.key.isInside(folder) }
  }

  private func path(_ text: String) throws -> ProjectPath { try ProjectPath(text) }

  @Test func namesThatBeginAlikeAreKeptApart() throws {
    let kinds: WrittenOutputs = try [
      path("a"): .folder, path("a/b"): .folder,
      path("a/b/c"): .file(executable: false, digest: .of("c")),
      path("a/bc"): .file(executable: true, digest: .of("bc")),
      path("ab"): .file(executable: false, digest: .of("ab")), path("a.b"): .folder,
    ]
    var tree = WrittenTree(kinds)
    #expect(Set(tree.inside(try path("a")).keys) == Set(try ["a/b", "a/b/c", "a/bc"].map(path)))
    #expect(Set(tree.inside(try path("a/b")).keys) == [try path("a/b/c")])
    #expect(tree.inside(try path("ab")).isEmpty)
    #expect(tree.inside(try path("nowhere")).isEmpty)
    #expect(tree[try path("a/bc")] == .file(executable: true, digest: .of("bc")))
  }

  /// A file below folders that were never written themselves, as a single output in `out/` is.
  @Test func foldersBetweenNeedNotBeWritten() throws {
    var tree = WrittenTree([:])
    #expect(tree.inside(try path("a")).isEmpty)
    tree[try path("a/b/c/d")] = .file(executable: false, digest: .of("d"))
    for folder in ["a", "a/b", "a/b/c"] {
      #expect(Array(tree.inside(try path(folder)).keys) == [try path("a/b/c/d")])
    }
    tree[try path("a/b/c/d")] = nil
    #expect(tree.inside(try path("a")).isEmpty)
    tree[try path("a/b/c/d")] = .folder
    #expect(tree.inside(try path("a/b")) == [try path("a/b/c/d"): .folder])
  }

  /// Random paths are written, replaced and removed, before and after the first question.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func answersAsAPlainLookDoes(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    func somewhere() throws -> ProjectPath {
      let depth = Int.random(in: 1...4, using: &generator)
      let parts = (0..<depth).map { _ in ["a", "b", "ab"].randomElement(using: &generator) ?? "a" }
      return try ProjectPath(parts.joined(separator: "/"))
    }
    var kinds: WrittenOutputs = [:]
    for _ in 0..<Int.random(in: 0..<30, using: &generator) {
      kinds[try somewhere()] = .file(executable: false, digest: .of("first"))
    }
    var tree = WrittenTree(kinds)
    for step in 0..<200 {
      let place = try somewhere()
      switch Int.random(in: 0..<4, using: &generator) {
      case 0:
        kinds[place] = nil
        tree[place] = nil
      case 1:
        kinds[place] = .folder
        tree[place] = .folder
      case 2:
        kinds[place] = .file(executable: false, digest: .of("\(step)"))
        tree[place] = .file(executable: false, digest: .of("\(step)"))
      default:
        #expect(tree.inside(place) == plainly(kinds, inside: place), "seed \(seed), step \(step)")
      }
      #expect(tree[place] == kinds[place])
    }
    #expect(tree.kinds == kinds)
  }
}
