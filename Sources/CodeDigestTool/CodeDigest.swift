import Foundation

/// Collects named, length-prefixed fields into one SHA-256.
struct CodeDigest {
  private var bytes: [UInt8] = []

  mutating func add(_ name: String, _ value: [UInt8]) {
    bytes += Array("\(name) \(value.count):".utf8) + value
  }

  /// Adds the relative path and content of every file below `folder`, in byte order of the paths.
  mutating func add(filesBelow folder: String) throws {
    let root = URL(fileURLWithPath: folder).resolvingSymlinksInPath()
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path)
    for path in paths.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let file = root.appending(path: path)
      let isFolder = try file.resourceValues(forKeys: [.isDirectoryKey]).isDirectory
      guard isFolder != true else { continue }
      add("path", Array(path.utf8))
      add("content", Array(try Data(contentsOf: file)))
    }
  }

  var hexadecimal: String {
    sha256(bytes).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
