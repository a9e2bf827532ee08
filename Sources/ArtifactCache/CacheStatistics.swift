/// How much is in a store.
package struct CacheStatistics: Sendable, Hashable {
  package struct Stage: Sendable, Hashable {
    package let name: String
    package let records: Int
    /// Bytes of the distinct objects of its records, logs included.
    package let contentBytes: Int
    package let storedBytes: Int
  }

  package let objects: Int
  package let contentBytes: Int
  package let storedBytes: Int
  package let records: Int
  /// Bytes of journals and index.
  package let recordBytes: Int
  /// In the order of their names.
  ///
  /// An object that several stages refer to counts for each.
  package let stages: [Stage]
  /// Files and folders in quarantine.
  package let quarantined: Int

  /// Content for each stored byte; 1 for an empty store.
  package var ratio: Double { storedBytes == 0 ? 1 : Double(contentBytes) / Double(storedBytes) }
}

extension Cache {
  /// Counts objects and records; looks at each object's header, not at its content.
  package func statistics() throws(CacheError) -> CacheStatistics {
    let walk = try StoredObjects(in: layout, files)
    let entries = try book.all()
    var contentBytes = 0
    for object in walk.objects {
      contentBytes += try ObjectReader.open(object.digest, in: layout, files)?.contentSize() ?? 0
    }
    var recordBytes = try book.journals.sizes().values.reduce(0, +)
    for suffix in ["", "-wal"] {
      recordBytes += try files.status(at: layout.index + suffix)?.size ?? 0
    }
    return CacheStatistics(
      objects: walk.objects.count, contentBytes: contentBytes,
      storedBytes: walk.objects.reduce(0) { $0 + $1.storedSize }, records: entries.count,
      recordBytes: recordBytes, stages: Self.stages(of: entries),
      quarantined: try Quarantine(of: layout, files).paths().count)
  }

  private static func stages(of entries: [IndexEntry]) -> [CacheStatistics.Stage] {
    Dictionary(grouping: entries, by: \.summary.stage).sorted { $0.key < $1.key }.map {
      name, entries in
      let objects = Set(entries.flatMap(\.summary.objects))
      return CacheStatistics.Stage(
        name: name, records: entries.count, contentBytes: objects.reduce(0) { $0 + $1.size },
        storedBytes: objects.reduce(0) { $0 + $1.storedSize })
    }
  }
}
