/// A file as a source has it: gzip, or IDX as it is.
enum IDXFile {
  /// The uncompressed content of `bytes`, which are called `name` in errors.
  static func content(
    of bytes: [UInt8], name: String, limits: TransferLimits
  ) throws(DatasetError) -> [UInt8] {
    if bytes.starts(with: [0, 0, 8]) { return bytes }
    guard bytes.starts(with: [0x1f, 0x8b]) else {
      throw .notCompressed(name: name, beginning: Array(bytes.prefix(16)))
    }
    do {
      return try Inflate.content(of: bytes, form: .gzip, limit: limits.fileSize)
    } catch {
      switch error {
      case .tooLarge: throw .tooLarge(name: name + ", inflated,", limit: limits.fileSize)
      case .truncated: throw .badCompression(name: name, reason: "it is cut off")
      case .damaged(let reason): throw .badCompression(name: name, reason: reason)
      }
    }
  }
}
