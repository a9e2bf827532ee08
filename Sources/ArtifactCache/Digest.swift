import Crypto

/// The SHA-256 of some bytes.
///
/// Kept as four big-endian words, so that comparing words compares bytes and a digest needs no
/// allocation. Written as 64 lower-case hexadecimal digits.
package struct Digest: Sendable, Hashable {
  let words: (UInt64, UInt64, UInt64, UInt64)

  package static let byteCount = 32

  init(words: (UInt64, UInt64, UInt64, UInt64)) {
    self.words = words
  }

  /// The digest with these 32 bytes; nil for any other number of bytes.
  package init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    var words: [UInt64] = [0, 0, 0, 0]
    for (index, byte) in bytes.enumerated() {
      words[index / 8] = words[index / 8] << 8 | UInt64(byte)
    }
    self.words = (words[0], words[1], words[2], words[3])
  }

  /// The digest whose 32 bytes are the first of `bytes`; nil when there are fewer.
  init?(raw bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= Self.byteCount else { return nil }
    func word(_ index: Int) -> UInt64 {
      UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))
    }
    words = (word(0), word(1), word(2), word(3))
  }

  /// The digest written as 64 hexadecimal digits in lower case; nil for any other text.
  package init?(hex: some StringProtocol) {
    let digits = hex.utf8
    guard digits.count == 2 * Self.byteCount else { return nil }
    var words: [UInt64] = [0, 0, 0, 0]
    for (index, digit) in digits.enumerated() {
      let value: UInt8
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
      default: return nil
      }
      words[index / 16] = words[index / 16] << 4 | UInt64(value)
    }
    self.words = (words[0], words[1], words[2], words[3])
  }

  /// The 32 bytes.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.byteCount)
    for word in [words.0, words.1, words.2, words.3] {
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
      }
    }
    return bytes
  }

  package static func == (left: Digest, right: Digest) -> Bool {
    left.words == right.words
  }

  package func hash(into hasher: inout Swift.Hasher) {
    hasher.combine(words.0)
  }
}

extension Digest: Comparable {
  package static func < (left: Digest, right: Digest) -> Bool {
    left.words < right.words
  }
}

extension Digest: CustomStringConvertible {
  package var description: String {
    String(unsafeUninitializedCapacity: 64) { text in
      var index = 0
      for word in [words.0, words.1, words.2, words.3] {
        for shift in stride(from: 60, through: 0, by: -4) {
          let digit = UInt8(truncatingIfNeeded: word >> UInt64(shift)) & 15
          text[index] = digit < 10 ? digit + UInt8(ascii: "0") : digit - 10 + UInt8(ascii: "a")
          index += 1
        }
      }
      return 64
    }
  }

  /// The first eight digits, for people.
  package var short: String { String(description.prefix(8)) }
}

extension Digest: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let digest = Digest(hex: text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "expected 64 hexadecimal digits, found “\(text)”")
    }
    self = digest
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension Digest {
  /// The digest of bytes in memory.
  package static func of(_ bytes: some Collection<UInt8>) -> Digest {
    var hasher = Hasher()
    hasher.update(bytes)
    return hasher.finalize()
  }

  /// The digest of a text's UTF-8 bytes.
  package static func of(_ text: String) -> Digest { of(text.utf8) }

  /// Digests bytes as they come.
  package struct Hasher: Sendable {
    private var state = SHA256()

    package init() {}

    package mutating func update(_ bytes: some Collection<UInt8>) {
      let done: Void? = bytes.withContiguousStorageIfAvailable {
        state.update(bufferPointer: UnsafeRawBufferPointer($0))
      }
      if done == nil { update(Array(bytes)) }
    }

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
      state.update(bufferPointer: bytes)
    }

    /// The digest of all bytes so far; the hasher can go on.
    package func finalize() -> Digest {
      state.finalize().withUnsafeBytes { bytes in
        func word(_ index: Int) -> UInt64 {
          UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))
        }
        return Digest(words: (word(0), word(1), word(2), word(3)))
      }
    }
  }
}
