import ArtifactCache
import TestSupport
import Testing

@Suite struct DamagedObjectTests {
  private static let chunk = 1 << 20

  /// Every way to read must notice, quarantine, and let the content be stored again.
  private func expectNoticed(
    _ folder: String, _ content: [UInt8], _ damage: (_ path: String, _ size: Int) throws -> Void
  ) throws {
    let notices = Notices()
    let store = try openCache(folder, notices).objects
    let uses: [(ObjectReference) throws -> Void] = [
      { _ = try store.read($0) }, { try store.verify($0) },
      { _ = try store.reference(for: $0.digest) },
      { try store.extract($0, toNewFile: folder + "/out") },
    ]
    for (index, use) in uses.enumerated() {
      let object = try store.put(content)
      try damage(store.path(of: object.digest), object.storedSize)
      let thrown = #expect(throws: CacheError.self) { try use(object) }
      guard case .corrupt(object.digest, _, _) = thrown else {
        Issue.record("use \(index) threw \(String(describing: thrown))")
        return
      }
      guard case .quarantined(object.digest, _, let place?) = notices.all.last else {
        Issue.record("use \(index) did not quarantine")
        return
      }
      #expect(try SystemFiles().status(at: place) != nil)
      #expect(!store.isPresent(object))
      #expect(try SystemFiles().status(at: folder + "/out") == nil)
      #expect(try store.put(content) == object)
      #expect(try store.read(object) == content)
    }
    #expect(notices.all.count == uses.count)
  }

  @Test(arguments: [0, 7, 8, 15, 16, 19, 20, 23, 24, 27, 28, 40, 200])
  func flippedByteInSmallObject(offset: Int) async throws {
    try await withTemporaryFolder { folder in
      for content in [text(5000), noise(300)] {
        try expectNoticed(folder, content) { path, _ in try flip(path, at: offset) }
      }
    }
  }

  @Test(arguments: [0.0, 0.1, 0.33, 0.5, 0.77, 0.9999])
  func flippedByteInLargeObject(place: Double) async throws {
    try await withTemporaryFolder { folder in
      for content in [text(3 * Self.chunk), noise(2 * Self.chunk + 9)] {
        try expectNoticed(folder, content) { path, size in
          try flip(path, at: Int(Double(size) * place))
        }
      }
    }
  }

  @Test(arguments: [0, 1, 23, 24, 26, 28, 29])
  func truncatedObject(size: Int) async throws {
    try await withTemporaryFolder { folder in
      try expectNoticed(folder, text(3000)) { path, _ in
        try write(Array(try read(path).prefix(size)), path)
      }
    }
  }

  @Test func chunkIsMissingAtTheEnd() async throws {
    try await withTemporaryFolder { folder in
      try expectNoticed(folder, noise(3 * Self.chunk)) { path, _ in
        try write(Array(try read(path).prefix(24 + 2 * (4 + Self.chunk))), path)
      }
    }
  }

  @Test(arguments: [1, 4, 5000])
  func oversizedObject(more: Int) async throws {
    try await withTemporaryFolder { folder in
      try expectNoticed(folder, text(3000)) { path, _ in
        try write(try read(path) + [UInt8](repeating: 0, count: more), path)
      }
    }
  }

  /// Headers that promise what is not there, with a right check sum.
  @Test(arguments: [
    (1 << 60, 1 << 20), (1 << 40, 4 << 20), (3001, 1 << 20), (2999, 1 << 20), (3000, 0),
    (3000, 1 << 30), (0, 1 << 20), (3000, 1),
  ])
  func lyingHeader(size: Int, chunkSize: Int) async throws {
    try await withTemporaryFolder { folder in
      try expectNoticed(folder, text(3000)) { path, _ in
        var header = Array("PIPEOBJ1".utf8)
        withUnsafeBytes(of: UInt64(size).littleEndian) { header += $0 }
        withUnsafeBytes(of: UInt32(chunkSize).littleEndian) { header += $0 }
        header += Digest.of(header).bytes.prefix(4).reversed()
        try write(header + (try read(path)).dropFirst(24), path)
      }
    }
  }

  /// A stream that inflates to far more than its header says is never inflated beyond that.
  @Test func bombInflatesToNoMoreThanItsHeaderSays() async throws {
    try await withTemporaryFolder { folder in
      let store = try openCache(folder).objects
      let bomb = try store.put([UInt8](repeating: 0, count: 1 << 20))
      let stream = try read(store.path(of: bomb.digest)).dropFirst(24)
      try expectNoticed(folder, text(3000)) { path, _ in
        try write(Array(try read(path).prefix(24)) + stream, path)
      }
    }
  }

  /// The same content in other bytes, as another zlib would have stored it, is good.
  @Test func otherStoredBytesOfTheSameContentAreGood() async throws {
    try await withTemporaryFolder { folder in
      let notices = Notices()
      let store = try openCache(folder, notices).objects
      let content = text(3000)
      let object = try store.put(content)
      let header = try read(store.path(of: object.digest)).prefix(24)
      var length: [UInt8] = []
      withUnsafeBytes(of: (UInt32(3000) | 1 << 31).littleEndian) { length += $0 }
      try write(header + length + content, store.path(of: object.digest))
      #expect(store.isPresent(object))
      #expect(try store.read(object) == content)
      let found = try store.reference(for: object.digest)
      #expect(found?.storedSize == 3028)
      #expect(try store.put(content) == found)
      #expect(notices.all == [])
    }
  }

  @Test func readOnlyStoreCannotMoveButTells() async throws {
    try await withTemporaryFolder { folder in
      let object = try openCache(folder).objects.put(text(3000))
      let notices = Notices()
      let store = try openCache(folder, readOnly: true, notices).objects
      try flip(store.path(of: object.digest), at: 30)
      #expect(throws: CacheError.self) { try store.read(object) }
      guard case .quarantined(object.digest, _, nil) = notices.all.first else {
        Issue.record("not told")
        return
      }
      #expect(throws: CacheError.readOnly(path: folder + "/objects")) { try store.put([1]) }
    }
  }
}
