/// A walk over the files in `objects/`.
struct StoredObjects {
  struct Object: Sendable {
    let digest: Digest
    let storedSize: Int
  }

  private(set) var objects: [Object] = []
  /// Paths of what is no object: a wrong name or a wrong place.
  private(set) var strays: [String] = []

  init(in layout: StoreLayout, _ files: any FileOperations) throws(CacheError) {
    for folder in try files.list(layout.objects).sorted() {
      let path = layout.objects + "/" + folder
      guard folder.utf8.count == 2, try files.status(at: path)?.isRegular == false else {
        strays.append(path)
        continue
      }
      for name in try files.list(path).sorted() {
        try add(path + "/" + name, name, in: layout, files)
      }
    }
  }

  private mutating func add(
    _ path: String, _ name: String, in layout: StoreLayout, _ files: any FileOperations
  ) throws(CacheError) {
    guard let status = try files.status(at: path) else { return }
    if status.isRegular, let digest = Digest(hex: name), layout.object(digest) == path {
      objects.append(Object(digest: digest, storedSize: status.size))
    } else {
      strays.append(path)
    }
  }
}
