#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that appears under its name whole or not at all; one that is not committed removes itself.
struct AtomicFile: ~Copyable {
  private let file: OpenFile
  private var isCommitted = false

  /// Begins a file in `folder`: a store's `temporary`, on the same file system as the destination.
  init(in folder: String, mode: UInt32, _ files: any FileOperations) throws(CacheError) {
    let path = folder + "/" + TemporaryName.next()
    do throws(CacheError) {
      file = try OpenFile.creating(path, mode: mode, files)
    } catch  where error.isSystem(ENOENT) {
      try files.makeFolders(folder)
      file = try OpenFile.creating(path, mode: mode, files)
    }
  }

  deinit {
    if !isCommitted { try? file.files.remove(file.path) }
  }

  func append(_ bytes: [UInt8]) throws(CacheError) {
    try file.append(bytes)
  }

  /// Gives the file its name, replacing what was there.
  ///
  /// The folder is made when it is missing.
  consuming func commit(to destination: String) throws(CacheError) {
    let files = file.files
    do throws(CacheError) {
      try files.rename(file.path, to: destination)
    } catch  where error.isSystem(ENOENT) {
      try files.makeFolders(
        String(destination.prefix(upTo: destination.lastIndex(of: "/") ?? destination.endIndex)))
      try files.rename(file.path, to: destination)
    }
    isCommitted = true
  }
}
