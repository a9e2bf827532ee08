/// One entry of a journal, protected by its own digest.
///
///     journal = frame*
///     frame   = "PIPEFRM1" kind:u32 length:u32 payload digest       little-endian
///
/// `digest` is the SHA-256 of everything before it in the frame. A frame is appended with one write.
/// A reader that finds anything else skips to the next place where a whole frame begins.
enum Frame {
  static let magic = Array("PIPEFRM1".utf8)
  static let headerSize = 16
  /// Bytes of a frame besides its payload.
  static let overhead = headerSize + Digest.byteCount

  /// What a payload holds.
  enum Kind: UInt32 {
    case record = 1
    case invalidation = 2
    case signatures = 3
    case writtenOutputs = 4
    case run = 5
    case neededKeys = 6
    case lastLook = 7
    case place = 8
  }

  static func encode(_ kind: Kind, _ payload: [UInt8]) -> [UInt8] {
    var writer = ByteWriter(reserving: overhead + payload.count)
    writer.append(raw: magic)
    writer.append(kind.rawValue)
    writer.append(UInt32(payload.count))
    writer.append(raw: payload)
    writer.append(Digest.of(writer.bytes))
    return writer.bytes
  }

  /// Bytes of the whole frame whose header these bytes begin with; nil when they are no header.
  static func size(ofFrameAt bytes: ArraySlice<UInt8>) -> Int? {
    guard bytes.count >= headerSize, bytes.starts(with: magic) else { return nil }
    var reader = ByteReader(bytes.dropFirst(12))
    return (try? reader.integer(UInt32.self)).map { overhead + Int($0) }
  }

  /// The kind's number and the payload of the frame that takes exactly these bytes; nil when damaged.
  static func decode(_ bytes: ArraySlice<UInt8>) -> (kind: UInt32, payload: ArraySlice<UInt8>)? {
    guard size(ofFrameAt: bytes) == bytes.count else { return nil }
    let end = bytes.endIndex - Digest.byteCount
    guard Digest(bytes: bytes[end...]) == Digest.of(bytes[..<end]) else { return nil }
    var reader = ByteReader(bytes.dropFirst(magic.count))
    guard let kind = try? reader.integer(UInt32.self) else { return nil }
    return (kind, bytes[(bytes.startIndex + headerSize)..<end])
  }
}
