import PipelineEngine
import Testing

@Suite struct KeyPreimageTests {
  private static let tags: [KeyPreimage.Tag] = [
    .kind, .code, .command, .parameter, .axis, .input, .file, .output, .environment, .absent,
    .tool, .platform,
  ]

  /// Texts that try to look like the end of a field.
  private static let texts = [
    "", " ", "\n", "a", "a\nkind 1:a 1:b\n", " 1:x", "3:abc", "é", "e\u{301}", "\0", "👩‍🔬", ":", "-1",
    String(repeating: "x", count: 1_000),
  ]

  static func random(seed: UInt64) -> KeyPreimage {
    var generator = SeededGenerator(seed: seed)
    var preimage = KeyPreimage()
    for _ in 0..<Int.random(in: 0...6, using: &generator) {
      preimage.add(
        tags.randomElement(using: &generator) ?? .kind,
        texts.randomElement(using: &generator) ?? "",
        texts.randomElement(using: &generator) ?? "")
    }
    return preimage
  }

  @Test func pinnedGrammar() {
    var preimage = KeyPreimage()
    preimage.add(.kind, "", "leaf")
    preimage.add(.parameter, "é", "1\n2")
    preimage.add(.absent, "LANG", "")
    #expect(
      String(decoding: preimage.encoded, as: UTF8.self) == """
        pipe-key 1
        kind 0: 4:leaf
        parameter 2:é 3:1
        2
        absent 4:LANG 0:

        """)
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func roundTrip(seed: UInt64) throws {
    let preimage = Self.random(seed: seed)
    let decoded = try #require(KeyPreimage(decoding: preimage.encoded))
    #expect(decoded == preimage)
    #expect(decoded.encoded == preimage.encoded)
  }

  /// Whatever is accepted is exactly what would have been written.
  @Test(arguments: 0..<200 as Range<UInt64>)
  func refusesDamagedBytes(seed: UInt64) {
    let bytes = Self.random(seed: seed).encoded
    var generator = SeededGenerator(seed: seed &+ 1_000)
    for _ in 0..<20 {
      var damaged = bytes
      let place = Int.random(in: 0..<damaged.count, using: &generator)
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: damaged[place] = UInt8.random(in: 0...255, using: &generator)
      case 1: damaged.remove(at: place)
      case 2: damaged.insert(UInt8.random(in: 0...255, using: &generator), at: place)
      default: damaged.removeLast(damaged.count - place)
      }
      guard let decoded = KeyPreimage(decoding: damaged) else { continue }
      #expect(decoded.encoded == damaged)
    }
  }

  @Test(arguments: [
    "", "pipe-key 1", "pipe-key 2\n", "pipe-key 1\nkind", "pipe-key 1\nkind ", "pipe-key 1\n\n",
    "pipe-key 1\nkind 0: 4:leaf", "pipe-key 1\nkind 0: 5:leaf\n", "pipe-key 1\nkind 0: 3:leaf\n",
    "pipe-key 1\nnothing 0: 0:\n", "pipe-key 1\nkind 0: 4:leaf\nx", "pipe-key 1\nkind -1: 0:\n",
    "pipe-key 1\nkind +0: 0:\n", "pipe-key 1\nkind 00: 0:\n", "pipe-key 1\nkind  0: 0:\n",
    "pipe-key 1\nkind 9223372036854775807: 0:\n", "pipe-key 1\nkind 99999999999999999999: 0:\n",
    "pipe-key 1\nkind : 0:\n", "pipe-key 1\nkind 0 0:\n",
  ])
  func refuses(_ text: String) {
    #expect(KeyPreimage(decoding: Array(text.utf8)) == nil)
  }

  @Test func refusesWhatIsNoText() {
    let bytes = Array("pipe-key 1\nkind 0: 1:".utf8) + [0xFF, 0x0A]
    #expect(KeyPreimage(decoding: bytes) == nil)
  }
}
