#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// An open file that closes itself.
struct OpenFile: ~Copyable {
  let files: any FileOperations
  let descriptor: Int32
  let path: String

  private init(_ files: any FileOperations, _ descriptor: Int32, _ path: String) {
    self.files = files
    self.descriptor = descriptor
    self.path = path
  }

  deinit {
    files.close(descriptor)
  }

  static func reading(_ path: String, _ files: any FileOperations) throws(CacheError) -> OpenFile {
    OpenFile(files, try files.open(path, flags: O_RDONLY, mode: 0), path)
  }

  /// The file, or nil where there is none.
  static func readingIfPresent(
    _ path: String, _ files: any FileOperations
  ) throws(CacheError) -> OpenFile? {
    do throws(CacheError) {
      return try reading(path, files)
    } catch  where error.isSystem(ENOENT) {
      return nil
    }
  }

  /// A file that must not be there yet.
  static func creating(
    _ path: String, mode: UInt32, _ files: any FileOperations
  ) throws(CacheError) -> OpenFile {
    let flags = O_RDWR | O_CREAT | O_EXCL
    return OpenFile(files, try files.open(path, flags: flags, mode: mode), path)
  }

  /// A file to read and write at any position; made when it is not there.
  static func updating(_ path: String, _ files: any FileOperations) throws(CacheError) -> OpenFile {
    OpenFile(files, try files.open(path, flags: O_RDWR | O_CREAT, mode: 0o666), path)
  }

  /// A file whose writes all go to its end; made when it is not there.
  static func appending(_ path: String, _ files: any FileOperations) throws(CacheError) -> OpenFile
  {
    let flags = O_RDWR | O_CREAT | O_APPEND
    return OpenFile(files, try files.open(path, flags: flags, mode: 0o666), path)
  }

  func status() throws(CacheError) -> FileStatus {
    try files.status(descriptor, path)
  }

  /// Up to `count` bytes from `offset` on: fewer only where the file ends.
  func read(_ count: Int, at offset: Int) throws(CacheError) -> [UInt8] {
    try files.read(count, from: descriptor, path, at: offset)
  }

  /// Writes at `offset` in one call; gives how many bytes went.
  func writeOnce(_ bytes: [UInt8], at offset: Int) throws(CacheError) -> Int {
    var outcome = Result<Int, CacheError>.success(0)
    bytes.withUnsafeBytes { buffer in
      do throws(CacheError) {
        outcome = .success(try files.write(descriptor, path, buffer, at: offset))
      } catch {
        outcome = .failure(error)
      }
    }
    return try outcome.get()
  }

  func truncate(to size: Int) throws(CacheError) {
    try files.truncate(descriptor, path, to: size)
  }

  /// Writes all bytes at the file's own position.
  func append(_ bytes: [UInt8]) throws(CacheError) {
    try files.writeAll(bytes[...], to: descriptor, path, at: nil)
  }
}

extension FileOperations {
  /// Up to `count` bytes from `offset` on: fewer only where the file ends.
  func read(
    _ count: Int, from descriptor: Int32, _ path: String, at offset: Int
  ) throws(CacheError) -> [UInt8] {
    var failure: CacheError?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, done in
      do throws(CacheError) {
        while done < count {
          let rest = UnsafeMutableRawBufferPointer(
            rebasing: UnsafeMutableRawBufferPointer(buffer)[done...])
          let more = try read(descriptor, path, into: rest, at: offset + done)
          if more == 0 { break }
          done += more
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Writes all bytes, in as many calls as it takes.
  func writeAll(
    _ bytes: ArraySlice<UInt8>, to descriptor: Int32, _ path: String, at offset: Int?
  ) throws(CacheError) {
    var failure: CacheError?
    bytes.withUnsafeBytes { buffer in
      do throws(CacheError) {
        var done = 0
        while done < buffer.count {
          let rest = UnsafeRawBufferPointer(rebasing: buffer[done...])
          let more = try write(descriptor, path, rest, at: offset.map { $0 + done })
          if more == 0 { throw .noSpace(path: path) }
          done += more
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  /// Makes a folder and the folders above it that are missing.
  func makeFolders(_ path: String) throws(CacheError) {
    do throws(CacheError) {
      try makeFolder(path)
    } catch  where error.isSystem(ENOENT) {
      guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { throw error }
      try makeFolders(String(path[..<slash]))
      try makeFolder(path)
    }
  }
}
