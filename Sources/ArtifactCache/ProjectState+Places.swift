extension ProjectState {
  private var placeFile: StateFile { file("places", .place) }

  /// Notes that the project's cache folder is `folder`, unless that is known; gives the other places where
  /// this very folder has been, if they are needed.
  ///
  /// A folder that was moved has the inode that it had; a copy has another one, so what it is a copy of is
  /// none of its places.
  func notePlace(_ folder: String, needsFormer: Bool) throws(CacheError) -> [String] {
    if !needsFormer {
      // Asked only then: it is a look at a file.
      if try placeFile.isThere { return [] }
    }
    guard let inode = try inode() else { return [] }
    let places = try places().filter { $0.inode == inode }.map(\.folder)
    if !places.contains(folder) {
      var writer = ByteWriter(reserving: 16 + folder.utf8.count)
      writer.append(inode)
      writer.append(folder)
      let payload = writer.bytes
      // A disk may be full, and who opens the store be about to make room: it is noted another time.
      try? exclusively { () throws(CacheError) in try placeFile.append(payload) }
    }
    return Set(places).subtracting([folder]).sorted()
  }

  private func places() throws(CacheError) -> [(inode: UInt64, folder: String)] {
    var places: [(inode: UInt64, folder: String)] = []
    for payload in try placeFile.payloads() {
      do throws(MalformedBytes) {
        var reader = ByteReader(payload)
        places.append((try reader.integer(UInt64.self), try reader.text()))
      } catch {
        placeFile.forget(error)
      }
    }
    return places
  }
}
