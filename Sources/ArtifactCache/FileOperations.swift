/// Every file operation of the cache but SQLite's own, so that a test can fail any one of them.
///
/// Descriptors come with the path they were opened at, which only errors use. Failures are
/// ``CacheError``s made by ``CacheError/system(_:_:_:)``.
package protocol FileOperations: Sendable {
  /// Opens with O_CLOEXEC added to `flags`.
  func open(_ path: String, flags: Int32, mode: UInt32) throws(CacheError) -> Int32
  func close(_ descriptor: Int32)
  /// Reads at a position; fewer bytes than asked for only at the end of the file or when interrupted.
  func read(
    _ descriptor: Int32, _ path: String, into buffer: UnsafeMutableRawBufferPointer, at offset: Int
  ) throws(CacheError) -> Int
  /// Writes at a position, or at the file's own where `offset` is nil; may write fewer bytes.
  func write(
    _ descriptor: Int32, _ path: String, _ buffer: UnsafeRawBufferPointer, at offset: Int?
  ) throws(CacheError) -> Int
  func truncate(_ descriptor: Int32, _ path: String, to size: Int) throws(CacheError)
  func status(_ descriptor: Int32, _ path: String) throws(CacheError) -> FileStatus
  /// Nil where nothing is. Does not follow a link.
  func status(at path: String) throws(CacheError) -> FileStatus?
  func rename(_ source: String, to destination: String) throws(CacheError)
  func remove(_ path: String) throws(CacheError)
  /// Removes an empty folder.
  func removeFolder(_ path: String) throws(CacheError)
  /// Makes one folder; fine when it is there.
  func makeFolder(_ path: String) throws(CacheError)
  /// Names in a folder but `.` and `..`, in no order; empty where no folder is.
  func list(_ path: String) throws(CacheError) -> [String]
  /// Puts everything written to the descriptor's file system on disk.
  func synchronize(_ descriptor: Int32, _ path: String) throws(CacheError)
}

/// What the cache wants to know of a file.
package struct FileStatus: Sendable, Hashable {
  package var device: UInt64
  package var inode: UInt64
  package var size: Int
  /// Blocks on disk, in bytes.
  package var allocated: Int
  /// Seconds since 1970.
  package var modified: Double
  package var isRegular: Bool
  package var isFolder: Bool

  package init(
    device: UInt64, inode: UInt64, size: Int, allocated: Int, modified: Double, isRegular: Bool,
    isFolder: Bool
  ) {
    self.device = device
    self.inode = inode
    self.size = size
    self.allocated = allocated
    self.modified = modified
    self.isRegular = isRegular
    self.isFolder = isFolder
  }
}
