#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension ContentStore {
  /// The object's content, verified.
  ///
  /// Throws ``CacheError/missing(_:)``, or ``CacheError/corrupt(_:path:reason:)`` after the object was
  /// moved to quarantine.
  package func read(_ object: ObjectReference) throws(CacheError) -> [UInt8] {
    try withReader(of: object) { reader throws(CacheError) in
      try reader.content(of: object)
    }
  }

  /// Gives the object's content to `receive` in order and in parts, verified before the first.
  ///
  /// Memory stays below 40 MB; the price is that the object is read twice.
  package func stream(
    _ object: ObjectReference, to receive: @escaping @Sendable ([UInt8]) -> Void
  ) throws(CacheError) {
    try withReader(of: object) { reader throws(CacheError) in
      // As it is stored here, so that the second pass is a single one.
      let found = try reader.read(expecting: object, into: nil)
      try reader.read(expecting: found, into: OrderedSink(receive))
    }
  }

  /// Writes the object's content to an open file from its beginning on, with all cores.
  ///
  /// Memory stays below 40 MB. When this throws, what has been written is worthless; `path` is what
  /// errors call the file.
  package func extract(
    _ object: ObjectReference, to descriptor: Int32, path: String
  ) throws(CacheError) {
    let sink = FileSink(files: files, descriptor: descriptor, path: path)
    _ = try withReader(of: object) { reader throws(CacheError) in
      try reader.read(expecting: object, into: sink)
    }
  }

  /// Makes a new file with the object's content; nothing is left of it when this throws.
  ///
  /// A file that is already there is an error, and is not touched.
  package func extract(
    _ object: ObjectReference, toNewFile path: String, mode: UInt32 = 0o666
  ) throws(CacheError) {
    let file = try OpenFile.creating(path, mode: mode, files)
    do throws(CacheError) {
      try extract(object, to: file.descriptor, path: path)
    } catch {
      try? files.remove(path)
      throw error
    }
  }
}
