#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif
#if os(Linux)
  import CZlib  // for syncfs
#endif

/// The file operations of the operating system, interrupted calls repeated.
package struct SystemFiles: FileOperations {
  package init() {}

  package func open(_ path: String, flags: Int32, mode: UInt32) throws(CacheError) -> Int32 {
    try call("open", path) { openFile(path, flags | O_CLOEXEC, mode_t(mode)) }
  }

  package func close(_ descriptor: Int32) {
    _ = closeFile(descriptor)
  }

  package func read(
    _ descriptor: Int32, _ path: String, into buffer: UnsafeMutableRawBufferPointer, at offset: Int
  ) throws(CacheError) -> Int {
    try call("read", path) { pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset)) }
  }

  package func write(
    _ descriptor: Int32, _ path: String, _ buffer: UnsafeRawBufferPointer, at offset: Int?
  ) throws(CacheError) -> Int {
    try call("write", path) {
      if let offset {
        pwrite(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
      } else {
        writeFile(descriptor, buffer.baseAddress, buffer.count)
      }
    }
  }

  package func truncate(_ descriptor: Int32, _ path: String, to size: Int) throws(CacheError) {
    _ = try call("truncate", path) { ftruncate(descriptor, off_t(size)) }
  }

  package func status(_ descriptor: Int32, _ path: String) throws(CacheError) -> FileStatus {
    var status = stat()
    _ = try call("look at", path) { fstat(descriptor, &status) }
    return FileStatus(status)
  }

  package func status(at path: String) throws(CacheError) -> FileStatus? {
    var status = stat()
    do throws(CacheError) {
      _ = try call("look at", path) { lstat(path, &status) }
    } catch  where error.isSystem(ENOENT) || error.isSystem(ENOTDIR) {
      return nil
    }
    return FileStatus(status)
  }

  package func rename(_ source: String, to destination: String) throws(CacheError) {
    _ = try call("rename to", destination) { renameFile(source, destination) }
  }

  package func remove(_ path: String) throws(CacheError) {
    _ = try call("remove", path) { unlink(path) }
  }

  package func removeFolder(_ path: String) throws(CacheError) {
    _ = try call("remove", path) { rmdir(path) }
  }

  package func makeFolder(_ path: String) throws(CacheError) {
    do throws(CacheError) {
      _ = try call("make folder", path) { mkdir(path, 0o777) }
    } catch  where error.isSystem(EEXIST) {
      return
    }
  }

  package func list(_ path: String) throws(CacheError) -> [String] {
    guard let folder = opendir(path) else {
      if errno == ENOENT { return [] }
      throw CacheError.system("list", path, errno)
    }
    defer { closedir(folder) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
      errno = 0
    }
    if errno != 0 { throw CacheError.system("list", path, errno) }
    return names
  }

  package func synchronize(_ descriptor: Int32, _ path: String) throws(CacheError) {
    #if os(Linux)
      _ = try call("synchronize", path) { syncfs(descriptor) }
    #else
      _ = try call("synchronize", path) {
        fcntl(descriptor, F_FULLFSYNC) == 0 ? 0 : fsync(descriptor)
      }
    #endif
  }

  /// Repeats an interrupted call; throws for a negative result.
  private func call<Result: SignedInteger>(
    _ operation: String, _ path: String, _ body: () -> Result
  ) throws(CacheError) -> Result {
    while true {
      let result = body()
      if result >= 0 { return result }
      let code = errno
      if code != EINTR { throw CacheError.system(operation, path, code) }
    }
  }
}

// Inside the type the names of the C functions mean its methods.
private func openFile(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
  open(path, flags, mode)
}

private func closeFile(_ descriptor: Int32) -> Int32 { close(descriptor) }

private func writeFile(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}

private func renameFile(_ source: String, _ destination: String) -> Int32 {
  rename(source, destination)
}

extension FileStatus {
  fileprivate init(_ status: stat) {
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    self.init(
      device: UInt64(truncatingIfNeeded: status.st_dev), inode: UInt64(status.st_ino),
      size: Int(status.st_size), allocated: Int(status.st_blocks) * 512,
      modified: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9,
      isRegular: status.st_mode & S_IFMT == S_IFREG, isFolder: status.st_mode & S_IFMT == S_IFDIR)
  }
}
