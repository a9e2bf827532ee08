/// Bytes that are not what their format says.
struct MalformedBytes: Error, CustomStringConvertible {
  let reason: String
  var description: String { reason }
}

/// Takes apart what ``ByteWriter`` built; never reads or allocates beyond the bytes that are there.
struct ByteReader {
  private let bytes: ArraySlice<UInt8>
  private var position: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  init(_ bytes: [UInt8]) {
    self.init(bytes[...])
  }

  var remaining: Int { bytes.endIndex - position }

  mutating func integer<Value: FixedWidthInteger>(
    _ type: Value.Type
  ) throws(MalformedBytes) -> Value {
    let size = MemoryLayout<Value>.size
    guard remaining >= size else { throw MalformedBytes(reason: "ends in the middle of a number") }
    let offset = position - bytes.startIndex
    position += size
    return bytes.withUnsafeBytes {
      Value(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Value.self))
    }
  }

  mutating func double() throws(MalformedBytes) -> Double {
    Double(bitPattern: try integer(UInt64.self))
  }

  mutating func digest() throws(MalformedBytes) -> Digest {
    guard remaining >= Digest.byteCount else {
      throw MalformedBytes(reason: "ends in the middle of a digest")
    }
    let offset = position - bytes.startIndex
    position += Digest.byteCount
    return bytes.withUnsafeBytes { raw in
      func word(_ index: Int) -> UInt64 {
        UInt64(
          bigEndian: raw.loadUnaligned(fromByteOffset: offset + 8 * index, as: UInt64.self))
      }
      return Digest(words: (word(0), word(1), word(2), word(3)))
    }
  }

  /// A size or position: not negative, and small enough for arithmetic.
  mutating func size() throws(MalformedBytes) -> Int {
    let value = try integer(UInt64.self)
    guard value < 1 << 62 else { throw MalformedBytes(reason: "size \(value) is impossible") }
    return Int(value)
  }

  mutating func take(_ count: Int) throws(MalformedBytes) -> ArraySlice<UInt8> {
    guard count <= remaining else {
      throw MalformedBytes(reason: "\(count) bytes announced, \(remaining) left")
    }
    defer { position += count }
    return bytes[position..<position + count]
  }

  mutating func counted() throws(MalformedBytes) -> ArraySlice<UInt8> {
    try take(Int(try integer(UInt32.self)))
  }

  mutating func text() throws(MalformedBytes) -> String {
    String(decoding: try counted(), as: UTF8.self)
  }

  /// The number of elements that follow, each of which takes at least `minimumSize` bytes.
  mutating func count(minimumSize: Int) throws(MalformedBytes) -> Int {
    let count = Int(try integer(UInt32.self))
    guard count <= remaining / max(1, minimumSize) else {
      throw MalformedBytes(reason: "\(count) elements announced, \(remaining) bytes left")
    }
    return count
  }

  func end() throws(MalformedBytes) {
    guard remaining == 0 else { throw MalformedBytes(reason: "\(remaining) bytes too many") }
  }
}
