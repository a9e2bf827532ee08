/// Content that is to be stored: bytes in memory, or an open file whose size was looked up before.
struct ContentSource {
  private enum Origin {
    case memory([UInt8])
    case file(any FileOperations, descriptor: Int32, path: String)
  }

  private let origin: Origin
  let size: Int

  init(bytes: [UInt8]) {
    origin = .memory(bytes)
    size = bytes.count
  }

  init(files: any FileOperations, descriptor: Int32, path: String, size: Int) {
    origin = .file(files, descriptor: descriptor, path: path)
    self.size = size
  }

  /// Exactly `count` bytes from `position` on.
  func bytes(at position: Int, count: Int) throws(CacheError) -> ArraySlice<UInt8> {
    switch origin {
    case .memory(let bytes):
      return bytes[position..<position + count]
    case .file(let files, let descriptor, let path):
      let bytes = try files.read(count, from: descriptor, path, at: position)
      if bytes.count < count { throw .changedWhileReading(path: path) }
      return bytes[...]
    }
  }

  /// Throws when a file has more bytes than it had at first.
  func checkEnd() throws(CacheError) {
    guard case .file(let files, let descriptor, let path) = origin else { return }
    if try !files.read(1, from: descriptor, path, at: size).isEmpty {
      throw .changedWhileReading(path: path)
    }
  }
}
