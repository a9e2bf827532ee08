import Foundation

/// Collects named, length-prefixed fields into one SHA-256.
struct CodeDigest {
  private var bytes: [UInt8] = []

  mutating func add(_ name: String, _ value: [UInt8]) {
    bytes += Array("\(name) \(value.count):".utf8) + value
  }

  /// Adds the relative path and content of every file below `folder`, in byte order of the paths.
  ///
  /// Links are followed: a kernel variant is a folder of links to one source.
  mutating func add(filesBelow folder: String) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let path = "\(folder)/\(name)"
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
      add("name", Array(name.utf8))
      if isFolder.boolValue {
        try add(filesBelow: path)
      } else {
        add("content", Array(try Data(contentsOf: URL(fileURLWithPath: path))))
      }
    }
    add("end", [])
  }

  var hexadecimal: String {
    sha256(bytes).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
