import ArtifactCache
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite struct ContentStoreTests {
  private static let chunk = 1 << 20

  @Test(arguments: [
    0, 1, 2, 100, 4095, 65_535, chunk - 1, chunk, chunk + 1, 2 * chunk,
    2 * chunk + 1, 17 * chunk + 5,
  ])
  func everySizeRoundTrips(size: Int) async throws {
    try await withTemporaryFolder { folder in
      let store = try openCache(folder).objects
      for content in [text(size), noise(size)] {
        let object = try store.put(content)
        #expect(object.digest == .of(content))
        #expect(object.size == size)
        #expect(store.isPresent(object))
        #expect(try store.read(object) == content)
        #expect(try streamed(object, from: store) == content)
        #expect(try store.put(content) == object)
        #expect(try store.reference(for: object.digest) == object)
        try store.verify(object)
        let path = folder + "/copy-\(object.digest)"
        try store.extract(object, toNewFile: path)
        #expect(try read(path) == content)
        #expect(try store.put(contentsOfFile: path) == object)
        try SystemFiles().remove(path)
      }
    }
  }

  private func streamed(_ object: ObjectReference, from store: ContentStore) throws -> [UInt8] {
    let content = Mutex<[UInt8]>([])
    try store.stream(object) { part in content.withLock { $0 += part } }
    return content.withLock { $0 }
  }

  @Test func nothingOfADamagedObjectIsStreamed() async throws {
    try await withTemporaryFolder { folder in
      let store = try openCache(folder).objects
      let object = try store.put(noise(3 << 20))
      try flip(store.path(of: object.digest), at: object.storedSize - 5)
      #expect(throws: CacheError.self) {
        try store.stream(object) { _ in Issue.record("given out before it was verified") }
      }
    }
  }

  @Test func whatShrinksIsDeflatedAndWhatDoesNotIsStoredAsItIs() async throws {
    try await withTemporaryFolder { folder in
      let store = try openCache(folder).objects
      #expect(try store.put(text(3 << 20)).storedSize < 1 << 19)
      #expect(try store.put(noise(3 << 20)).storedSize == (3 << 20) + 24 + 3 * 4)
    }
  }

  @Test func objectsAreReadOnlyAndNothingElseIsLeft() async throws {
    try await withTemporaryFolder { folder in
      let store = try openCache(folder).objects
      let object = try store.put(text(3 << 20))
      let attributes = try FileManager.default.attributesOfItem(
        atPath: store.path(of: object.digest))
      #expect(attributes[.posixPermissions] as? Int == 0o444)
      #expect(try SystemFiles().list(folder + "/temporary") == [])
    }
  }

  @Test func absentObjectsAreMissing() async throws {
    try await withTemporaryFolder { folder in
      let store = try openCache(folder).objects
      let object = try store.put([1, 2, 3])
      try SystemFiles().remove(store.path(of: object.digest))
      #expect(!store.isPresent(object))
      #expect(try store.reference(for: object.digest) == nil)
      #expect(throws: CacheError.missing(object.digest)) { try store.read(object) }
      #expect(throws: CacheError.missing(object.digest)) { try store.verify(object) }
    }
  }

  @Test func existingFileIsNotExtractedOver() async throws {
    try await withTemporaryFolder { folder in
      let store = try openCache(folder).objects
      let object = try store.put([1, 2, 3])
      try write([9], folder + "/mine")
      #expect(throws: CacheError.self) { try store.extract(object, toNewFile: folder + "/mine") }
      #expect(try read(folder + "/mine") == [9])
    }
  }

  @Test func abandonedTemporaryFilesGo() async throws {
    try await withTemporaryFolder { folder in
      _ = try openCache(folder)
      let host = Digest.of(ProcessInfo.processInfo.hostName).short
      // Process 2³¹−2 cannot exist; the other file is of another host and new.
      try write([1], folder + "/temporary/0badc0de-2147483646-1")
      try write([1], folder + "/temporary/\(host)-2147483646-1")
      _ = try openCache(folder)
      #expect(try SystemFiles().list(folder + "/temporary") == ["0badc0de-2147483646-1"])
    }
  }
}

func read(_ path: String) throws -> [UInt8] {
  Array(try Data(contentsOf: URL(fileURLWithPath: path)))
}

/// Writes bytes over whatever is there, read-only files included.
func write(_ bytes: [UInt8], _ path: String) throws {
  try? FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
  try Data(bytes).write(to: URL(fileURLWithPath: path))
}

/// Changes one byte of a file, in place.
func flip(_ path: String, at offset: Int) throws {
  try? FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
  let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
  defer { try? file.close() }
  try file.seek(toOffset: UInt64(offset))
  guard let byte = try file.read(upToCount: 1)?.first else { throw CacheError.invalid("no byte") }
  try file.seek(toOffset: UInt64(offset))
  try file.write(contentsOf: Data([byte ^ 0x10]))
}
