extension ContentStore {
  /// Stores bytes; gives the object that is there already when the store has this content.
  package func put(_ bytes: [UInt8]) throws(CacheError) -> ObjectReference {
    try store(ContentSource(bytes: bytes))
  }

  /// Stores a regular file's content, in one pass over it.
  ///
  /// Throws ``CacheError/changedWhileReading(path:)`` when its size changes meanwhile.
  package func put(
    contentsOf descriptor: Int32, path: String
  ) throws(CacheError) -> ObjectReference {
    let size = try files.status(descriptor, path).size
    return try store(ContentSource(files: files, descriptor: descriptor, path: path, size: size))
  }

  /// Stores the content of the file at a path.
  package func put(contentsOfFile path: String) throws(CacheError) -> ObjectReference {
    let file = try OpenFile.reading(path, files)
    return try put(contentsOf: file.descriptor, path: path)
  }
}

extension ContentStore {
  /// Chunks that are in memory at once.
  private static let batch = 16

  private func store(_ source: ContentSource) throws(CacheError) -> ObjectReference {
    if isReadOnly { throw .readOnly(path: layout.objects) }
    let header = StoredForm.Header(size: source.size, chunkSize: StoredForm.chunkSize)
    return header.chunks <= 1 ? try storeSmall(source, header) : try storeLarge(source, header)
  }

  /// One chunk: encoded in memory, so that nothing is written when the store has it.
  private func storeSmall(
    _ source: ContentSource, _ header: StoredForm.Header
  ) throws(CacheError) -> ObjectReference {
    let content = try source.bytes(at: 0, count: source.size)
    try source.checkEnd()
    var stored = header.encoded
    if !content.isEmpty { stored += content.withUnsafeBytes(StoredForm.encodeChunk) }
    let object = ObjectReference(
      digest: .of(content), size: source.size, storedDigest: .of(stored), storedSize: stored.count)
    if let present = try presentObject(like: object) { return present }
    let file = try AtomicFile(in: layout.temporary, mode: 0o444, files)
    try file.append(stored)
    try file.commit(to: layout.object(object.digest))
    return object
  }

  /// Many chunks: written as they are deflated, named when all has been digested.
  private func storeLarge(
    _ source: ContentSource, _ header: StoredForm.Header
  ) throws(CacheError) -> ObjectReference {
    let file = try AtomicFile(in: layout.temporary, mode: 0o444, files)
    let contentHasher = SharedHasher()
    var storedHasher = Digest.Hasher()
    var storedSize = 0
    func append(_ bytes: [UInt8]) throws(CacheError) {
      try file.append(bytes)
      storedHasher.update(bytes)
      storedSize += bytes.count
    }
    try append(header.encoded)
    let batchSize = Self.batch * header.chunkSize
    for position in stride(from: 0, to: header.size, by: batchSize) {
      let bytes = try source.bytes(at: position, count: min(batchSize, header.size - position))
      for chunk in encodeChunks(of: bytes, header, alongside: { contentHasher.update(bytes) }) {
        try append(chunk)
      }
    }
    try source.checkEnd()
    let object = ObjectReference(
      digest: contentHasher.finalize(), size: header.size, storedDigest: storedHasher.finalize(),
      storedSize: storedSize)
    if let present = try presentObject(like: object) { return present }
    try file.commit(to: layout.object(object.digest))
    return object
  }

  private func encodeChunks(
    of bytes: ArraySlice<UInt8>, _ header: StoredForm.Header, alongside: @Sendable () -> Void
  ) -> [[UInt8]] {
    let chunks = (bytes.count + header.chunkSize - 1) / header.chunkSize
    return Parallel.map(count: chunks, alongside: alongside) { index in
      let start = bytes.startIndex + index * header.chunkSize
      return bytes[start..<min(start + header.chunkSize, bytes.endIndex)].withUnsafeBytes(
        StoredForm.encodeChunk)
    }
  }

  /// The object that the store has in place of `object`, or nil where it must be written.
  ///
  /// The same zlib makes the same bytes, so a file of the right size is taken to be right (use will
  /// verify it). One of another size is either another zlib's work or damaged: it is examined.
  private func presentObject(like object: ObjectReference) throws(CacheError) -> ObjectReference? {
    guard let status = try files.status(at: layout.object(object.digest)) else { return nil }
    if status.size == object.storedSize { return object }
    do throws(CacheError) {
      return try reference(for: object.digest)
    } catch {
      if case .corrupt = error { return nil }
      throw error
    }
  }
}
