/// Where things are in the folder of a store.
struct StoreLayout: Sendable {
  let root: String

  /// Of everything in the folder but `format`, which comes before all of it.
  static let names: Set = [
    "objects", "temporary", "records", "quarantine", "roots", "unindexed", "locks", "index.sqlite",
    "index.sqlite-wal", "index.sqlite-shm",
  ]

  var format: String { root + "/format" }
  var objects: String { root + "/" + Self.objects }
  var temporary: String { root + "/temporary" }
  var records: String { root + "/records" }
  var quarantine: String { root + "/quarantine" }
  var roots: String { root + "/roots" }
  var index: String { root + "/index.sqlite" }
  /// Empty; there while some process goes, or went, without the index.
  var unindexed: String { root + "/unindexed" }
  var locks: String { root + "/locks" }

  func object(_ digest: Digest) -> String { root + "/" + Self.object(digest) }

  private static let objects = "objects"

  /// The file of an object, relative to the store.
  static func object(_ digest: Digest) -> String {
    let name = digest.description
    return objects + "/" + name.prefix(2) + "/" + name
  }

  /// The file that names the project whose own cache folder is `folder`.
  func root(of folder: String) -> String { roots + "/" + Digest.of(folder).description.prefix(16) }

  func journal(_ name: String) -> String { records + "/" + name }
}
