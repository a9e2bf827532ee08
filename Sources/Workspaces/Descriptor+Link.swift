#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Descriptor {
  /// What the link `name`, relative to the open folder `folder`, says, as bytes.
  static func linkTarget(
    _ name: String, in folder: Int32 = AT_FDCWD, shown: String? = nil
  ) throws(WorkspaceError) -> [UInt8] {
    var target = [UInt8](repeating: 0, count: 4097)
    let count = target.withUnsafeMutableBytes { bytes in
      bytes.withMemoryRebound(to: CChar.self) { text in
        text.baseAddress.map { readlinkat(folder, name, $0, text.count) } ?? -1
      }
    }
    if count < 0 { throw .system("read link", shown ?? name) }
    return Array(target.prefix(count))
  }
}
