/// An object's file, open for reading.
///
/// Every way through it verifies what it gives.
///
/// The stored bytes are digested as they are read, and what is inflated comes from the very bytes that
/// were digested. If their digest is the one a record names, zlib's own check is all that is needed
/// besides; if it is not, the content must have the digest that is the object's name.
struct ObjectReader: ~Copyable {
  private let digest: Digest
  private let file: OpenFile
  private let status: FileStatus

  private init(_ digest: Digest, _ file: consuming OpenFile, _ status: FileStatus) {
    self.digest = digest
    self.file = file
    self.status = status
  }

  /// The object's reader, or nil where there is no such object.
  static func open(
    _ digest: Digest, in layout: StoreLayout, _ files: any FileOperations
  ) throws(CacheError) -> ObjectReader? {
    guard let file = try OpenFile.readingIfPresent(layout.object(digest), files) else { return nil }
    let status = try file.status()
    return ObjectReader(digest, file, status)
  }

  var inode: UInt64 { status.inode }

  /// All of the content.
  func content(of object: ObjectReference) throws(CacheError) -> [UInt8] {
    let sink = MemorySink()
    try read(expecting: object, into: sink)
    return sink.content
  }

  /// Bytes of content as the header tells, unverified; nil where it makes no sense.
  func contentSize() throws(CacheError) -> Int? {
    let bytes = try file.read(StoredForm.headerSize, at: 0)
    return (try? StoredForm.Header(decoding: bytes[...], fileSize: status.size))?.size
  }

  /// Gives the content to `sink` and says what the object is.
  ///
  /// With an `object` its stored digest decides; without one, or when another zlib has stored it, the
  /// content's. What the sink got is only known to be right when this has returned.
  @discardableResult
  func read(
    expecting object: ObjectReference?, into sink: (any ChunkSink)?
  ) throws(CacheError) -> ObjectReference {
    if let object, status.size == object.storedSize {
      let found = try pass(into: sink, digestsContent: false)
      if found.storedDigest == object.storedDigest, found.size == object.size { return object }
    }
    let found = try pass(into: sink, digestsContent: true)
    guard found.digest == digest else {
      throw corrupt("its content has digest \(found.digest.short)")
    }
    return found
  }

  private func corrupt(_ reason: String) -> CacheError {
    .corrupt(digest, path: file.path, reason: reason)
  }
}

// MARK: - One pass over the file

extension ObjectReader {
  /// Chunks that are decoded before all cores wait for each other.
  ///
  /// Fewer where their content must be kept until then.
  private static func batch(keepsContent: Bool) -> Int { keepsContent ? 16 : 64 }
  /// Bytes that are read at once; more than the largest chunk.
  private static let readSize = 8 << 20

  /// Reads and decodes the whole file once.
  ///
  /// Without `digestsContent` the result's digest is the name.
  private func pass(
    into sink: (any ChunkSink)?, digestsContent: Bool
  ) throws(CacheError) -> ObjectReference {
    var stream = ChunkStream(fileSize: status.size)
    try stream.refill(from: file, Self.readSize)
    let header = try header(from: &stream)
    let storedHasher = SharedHasher()
    storedHasher.update(header.encoded)
    var contentHasher = Digest.Hasher()
    sink?.begin(chunks: header.chunks)
    while stream.taken < header.chunks {
      let (pieces, bytes) = try nextPieces(
        of: header, &stream, atMost: Self.batch(keepsContent: digestsContent))
      let digestStored: @Sendable () -> Void = { storedHasher.update(bytes) }
      let outcomes = Parallel.map(count: pieces.count, alongside: digestStored) { index in
        Self.decode(pieces[index], of: header, into: sink, keeps: digestsContent)
      }
      for outcome in outcomes {
        switch outcome {
        case .decoded(let content): contentHasher.update(content)
        case .damaged(let chunk): throw corrupt("chunk \(chunk) does not inflate as it should")
        case .undeliverable(let error): throw error
        }
      }
    }
    guard stream.isAtEnd else { throw corrupt("bytes follow its last chunk") }
    return ObjectReference(
      digest: digestsContent ? contentHasher.finalize() : digest, size: header.size,
      storedDigest: storedHasher.finalize(), storedSize: status.size)
  }

  private func header(from stream: inout ChunkStream) throws(CacheError) -> StoredForm.Header {
    do throws(MalformedBytes) {
      return try stream.header()
    } catch {
      throw corrupt(error.reason)
    }
  }

  /// The next chunks that are in memory, at least one, and all their stored bytes.
  private func nextPieces(
    of header: StoredForm.Header, _ stream: inout ChunkStream, atMost batch: Int
  ) throws(CacheError) -> ([ChunkStream.Piece], ArraySlice<UInt8>) {
    let wanted = min(batch, header.chunks - stream.taken)
    var next = stream.pieces(upTo: wanted)
    if next.pieces.isEmpty {
      try stream.refill(from: file, Self.readSize)
      next = stream.pieces(upTo: wanted)
    }
    if next.pieces.isEmpty { throw corrupt("it ends in chunk \(stream.taken) of \(header.chunks)") }
    return next
  }

  private enum Outcome: Sendable {
    case decoded([UInt8])
    case damaged(chunk: Int)
    case undeliverable(CacheError)
  }

  /// Decodes one chunk and gives it to the sink; keeps its content where that must be digested.
  private static func decode(
    _ piece: ChunkStream.Piece, of header: StoredForm.Header, into sink: (any ChunkSink)?,
    keeps: Bool
  ) -> Outcome {
    let size = header.contentSize(ofChunk: piece.index)
    guard let content = StoredForm.decodeChunk(piece.bytes, length: piece.length, size: size) else {
      return .damaged(chunk: piece.index)
    }
    do throws(CacheError) {
      try sink?.accept(content, chunk: piece.index, at: piece.index * header.chunkSize)
    } catch {
      return .undeliverable(error)
    }
    return .decoded(keeps ? content : [])
  }
}
