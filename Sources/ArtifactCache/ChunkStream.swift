/// The stored bytes of an object on their way from the file to the chunks.
struct ChunkStream {
  /// One chunk as it is stored.
  struct Piece: Sendable {
    let index: Int
    let length: UInt32
    let bytes: ArraySlice<UInt8>
  }

  private let fileSize: Int
  private var position = 0
  /// Chunks that have been given out.
  private(set) var taken = 0
  private var pending: ArraySlice<UInt8> = []

  init(fileSize: Int) {
    self.fileSize = fileSize
  }

  /// Whether all bytes of the file have been taken.
  var isAtEnd: Bool { pending.isEmpty && position == fileSize }

  mutating func refill(from file: borrowing OpenFile, _ count: Int) throws(CacheError) {
    let more = try file.read(min(count, fileSize - position), at: position)
    position += more.count
    pending = pending.isEmpty ? more[...] : (pending + more)
  }

  mutating func header() throws(MalformedBytes) -> StoredForm.Header {
    let header = try StoredForm.Header(decoding: pending, fileSize: fileSize)
    pending = pending.dropFirst(StoredForm.headerSize)
    return header
  }

  /// The chunks, at most `count`, that are wholly in memory, and the bytes that they take together.
  mutating func pieces(upTo count: Int) -> (pieces: [Piece], bytes: ArraySlice<UInt8>) {
    var pieces: [Piece] = []
    var rest = pending
    while pieces.count < count, let piece = Self.firstPiece(of: rest, index: taken) {
      taken += 1
      pieces.append(piece)
      rest = pending[piece.bytes.endIndex...]
    }
    defer { pending = rest }
    return (pieces, pending[..<rest.startIndex])
  }

  private static func firstPiece(of bytes: ArraySlice<UInt8>, index: Int) -> Piece? {
    var reader = ByteReader(bytes)
    guard let length = try? reader.integer(UInt32.self),
      let content = try? reader.take(Int(length & ~StoredForm.rawFlag))
    else { return nil }
    return Piece(index: index, length: length, bytes: content)
  }
}
