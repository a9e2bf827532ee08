import ArtifactCache
import Foundation
import TestSupport
import Testing

/// A flipped byte in the index may cost time but never changes an answer.
@Suite struct DamagedIndexTests {
  /// A closed store of 25 records, and its copy for each damage.
  private func withDamage(
    to file: String, flips: Int, keepsWriterOpen: Bool = false,
    _ body: (_ folder: String, _ made: [Record]) throws -> Void
  ) async throws {
    try await withTemporaryFolder { folder in
      let original = folder + "/original"
      let made = try fill(original, count: 25)
      // Another process leaves a WAL behind when it is killed; a copy of an open store is the same.
      let writer = try keepsWriterOpen ? openCache(original) : nil
      let reader = try openCache(original)
      let object = try reader.objects.put(Array("one more".utf8))
      let more = record("more", output: object, run: "run-2")
      // With a reader there, the record goes into the index at once.
      try writer?.commit(more)
      withExtendedLifetime(reader) {}
      let size = try SystemFiles().status(at: original + "/" + file)?.size ?? 0
      #expect(size > 0)
      for number in 0..<flips {
        let copy = folder + "/copy"
        try? FileManager.default.removeItem(atPath: copy)
        try copyStore(original, to: copy)
        try flip(copy + "/" + file, at: size * number / flips + number % 16)
        try body(copy, writer == nil ? made : made + [more])
      }
    }
  }

  /// Copies everything but the objects, which are linked.
  private func copyStore(_ original: String, to copy: String) throws {
    try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
    for name in try SystemFiles().list(original) where name != "objects" {
      try FileManager.default.copyItem(atPath: "\(original)/\(name)", toPath: "\(copy)/\(name)")
    }
    try FileManager.default.createSymbolicLink(
      atPath: copy + "/objects", withDestinationPath: original + "/objects")
  }

  private func expectRightAnswers(_ cache: Cache, _ made: [Record]) throws {
    for record in made { #expect(try cache.record(for: record.key) == record) }
    #expect(try cache.record(for: .of("never made")) == nil)
    #expect(try cache.summaries(for: made.map { .init($0.key) }) == made.map(\.summary))
  }

  @Test func flippedByteInTheDatabase() async throws {
    var rebuilt = 0
    try await withDamage(to: "index.sqlite", flips: 60) { folder, made in
      let notices = Notices()
      let cache = try openCache(folder, notices)
      try expectRightAnswers(cache, made)
      for notice in notices.all {
        guard case .indexRebuilt(_, made.count, let place?) = notice else {
          Issue.record("unexpected: \(notice)")
          continue
        }
        #expect(try SystemFiles().status(at: place) != nil)
        rebuilt += 1
      }
      #expect(try !cache.check(repair: false).hasDamage)
    }
    // Some flips hit unused space; most do not.
    #expect(rebuilt > 10)
  }

  @Test func flippedByteInTheDatabaseReadOnly() async throws {
    try await withDamage(to: "index.sqlite", flips: 60) { folder, made in
      try expectRightAnswers(try openCache(folder, readOnly: true), made)
    }
  }

  @Test func flippedByteInTheLog() async throws {
    try await withDamage(to: "index.sqlite-wal", flips: 25, keepsWriterOpen: true) { folder, made in
      try expectRightAnswers(try openCache(folder), made)
    }
  }

  @Test func indexOfAnotherSchemaIsSetAside() async throws {
    try await withDamage(to: "index.sqlite", flips: 1) { folder, made in
      // Bytes 60 ..< 64 of the file are user_version.
      try write(
        try read(folder + "/index.sqlite").enumerated().map { $0 == 63 ? 99 : $1 },
        folder + "/index.sqlite")
      let notices = Notices()
      try expectRightAnswers(try openCache(folder, notices), made)
      #expect(notices.all.count == 1)
    }
  }

  @Test(arguments: [[], Array("not a database at all, but some text".utf8)])
  func indexThatIsSomethingElse(content: [UInt8]) async throws {
    try await withTemporaryFolder { folder in
      let made = try fill(folder, count: 5)
      try write(content, folder + "/index.sqlite")
      try expectRightAnswers(try openCache(folder), made)
    }
  }

  /// While another process uses the index it is not moved away: this one goes without.
  @Test func damagedIndexInUseIsLeftAlone() async throws {
    try await withTemporaryFolder { folder in
      let made = try fill(folder, count: 5)
      let other = try openCache(folder)
      try expectRightAnswers(other, made)
      for suffix in ["-wal", "-shm"] {
        try? SystemFiles().remove(folder + "/index.sqlite" + suffix)
      }
      try write(Array("no database".utf8), folder + "/index.sqlite")
      let notices = Notices()
      let cache = try openCache(folder, notices)
      try expectRightAnswers(cache, made)
      guard case .indexUnavailable = notices.all.first else {
        Issue.record("not told: \(notices.all)")
        return
      }
      let more = record("more", output: try cache.objects.put([1]), run: "run-3")
      try cache.commit(more)
      try expectRightAnswers(cache, made + [more])
    }
  }
}
