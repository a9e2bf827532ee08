import ArtifactCache
import Foundation
import Testing

@Suite struct DigestTests {
  /// FIPS 180-4's example and the empty text.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
  ])
  func knownValues(text: String, hex: String) {
    #expect(Digest.of(text).description == hex)
    #expect(Digest(hex: hex) == Digest.of(text))
  }

  @Test func bytesAndHexRoundTrip() {
    let digest = Digest.of("some text")
    #expect(Digest(bytes: digest.bytes) == digest)
    #expect(Digest(hex: digest.description) == digest)
    #expect(digest.bytes.count == 32)
  }

  @Test(arguments: [
    "", "e3b0", String(repeating: "g", count: 64), String(repeating: "A", count: 64),
  ])
  func otherTextsAreNoDigests(text: String) {
    #expect(Digest(hex: text) == nil)
  }

  @Test func orderIsThatOfTheBytes() {
    let digests = (0..<50).map { Digest.of("\($0)") }
    let byBytes = digests.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    #expect(digests.sorted() == byBytes)
  }

  @Test func streamingEqualsAllAtOnce() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    var hasher = Digest.Hasher()
    for start in stride(from: 0, to: 1000, by: 37) {
      hasher.update(bytes[start..<min(start + 37, 1000)])
    }
    #expect(hasher.finalize() == Digest.of(bytes))
  }

  @Test func jsonIsTheHexText() throws {
    let digest = Digest.of("x")
    let json = try JSONEncoder().encode([digest])
    #expect(String(decoding: json, as: UTF8.self) == "[\"\(digest)\"]")
    #expect(try JSONDecoder().decode([Digest].self, from: json) == [digest])
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([Digest].self, from: Data("[\"12\"]".utf8))
    }
  }
}
