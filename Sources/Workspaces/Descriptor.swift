#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// An open file or folder, closed when it goes out of scope; programs that we start never inherit it.
struct Descriptor: ~Copyable, Sendable {
  let number: Int32

  /// Takes over an open descriptor.
  init(owning number: Int32) {
    self.number = number
  }

  /// Opens `path`, relative to the open folder `folder` or else to the working folder.
  ///
  /// `O_CLOEXEC` is always set. `shown` is the path that an error names.
  init(
    _ path: String, _ flags: Int32, mode: mode_t = 0, in folder: Int32 = AT_FDCWD,
    shown: String? = nil
  ) throws(WorkspaceError) {
    var number: Int32
    repeat {
      number = openat(folder, path, flags | O_CLOEXEC, mode)
    } while number < 0 && errno == EINTR
    if number < 0 { throw .system("open", shown ?? path) }
    self.number = number
  }

  /// Opens a folder; `following` says whether a link to one will do.
  static func folder(
    _ path: String, in folder: Int32 = AT_FDCWD, following: Bool = true, shown: String? = nil
  ) throws(WorkspaceError) -> Descriptor {
    try Descriptor(
      path, O_RDONLY | O_DIRECTORY | (following ? 0 : O_NOFOLLOW), in: folder, shown: shown)
  }

  /// Closes it now.
  consuming func close() {}

  deinit {
    #if canImport(Glibc)
      _ = Glibc.close(number)
    #else
      _ = Darwin.close(number)
    #endif
  }
}

extension Descriptor {
  /// Reads up to `buffer.count` bytes; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer, shown: String) throws(WorkspaceError) -> Int
  {
    while true {
      #if canImport(Glibc)
        let count = Glibc.read(number, buffer.baseAddress, buffer.count)
      #else
        let count = Darwin.read(number, buffer.baseAddress, buffer.count)
      #endif
      if count >= 0 { return count }
      if errno != EINTR { throw .system("read", shown) }
    }
  }

  /// Calls `body` with the file's bytes from its current position on, piece by piece.
  func forEachPiece(
    of size: Int = 1 << 18, shown: String,
    _ body: (UnsafeRawBufferPointer) throws(WorkspaceError) -> Void
  ) throws(WorkspaceError) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = try read(into: buffer, shown: shown)
      if count == 0 { return }
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  /// The file's bytes from its current position on; `hint` is how many there may be.
  func readAll(hint: Int, shown: String) throws(WorkspaceError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(hint)
    try forEachPiece(of: min(max(hint + 1, 4096), 1 << 18), shown: shown) {
      bytes.append(contentsOf: $0)
    }
    return bytes
  }

  /// Writes all of `bytes`.
  func write(_ bytes: UnsafeRawBufferPointer, shown: String) throws(WorkspaceError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = UnsafeRawBufferPointer(rebasing: rest)
      #if canImport(Glibc)
        let count = Glibc.write(number, part.baseAddress, part.count)
      #else
        let count = Darwin.write(number, part.baseAddress, part.count)
      #endif
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw .system("write", shown)
      }
    }
  }

  func write(_ bytes: [UInt8], shown: String) throws(WorkspaceError) {
    var failure: WorkspaceError?
    bytes.withUnsafeBytes {
      do throws(WorkspaceError) { try write($0, shown: shown) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}
