package import ArtifactCache

/// Which records are this project's, of a store that it may share with others.
///
/// Branches of two projects can have the same name, so a name alone says nothing.
package struct OwnRecords: Sendable {
  /// By key that the project needs: how late it was used.
  private let needed: [Digest: Int]
  private let runs: Set<String>
  /// Whether no other project is registered in the store.
  private let isAlone: Bool

  package init(of project: Project) throws(CacheError) {
    let others = try project.cache.registeredProjects().filter { $0 != project.cacheFolder }
    isAlone = others.isEmpty
    let keys = try project.state.neededKeys()
    needed = Dictionary(zip(keys, 1...), uniquingKeysWith: max)
    runs = isAlone ? [] : Set(try project.state.runs().map(\.id))
  }

  /// Whether a run of this project made the record.
  package func isMadeHere(_ record: RecordSummary) -> Bool {
    isAlone || runs.contains(record.run)
  }

  /// How much a record counts as a branch's latest: most if its key was in use last, little if this
  /// project made it at some time; nil if it never had to do with this project.
  func rank(_ record: RecordSummary) -> Int? {
    needed[record.key] ?? (isMadeHere(record) ? 0 : nil)
  }
}
