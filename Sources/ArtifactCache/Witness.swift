/// One place in the file system and what was found there.
///
/// As long as the same is found there, whatever was read there before is still there: see
/// ``FileSignature`` for when that may be believed.
package struct Witness: Sendable, Hashable {
  /// What was found.
  package enum Finding: UInt8, Sendable {
    case nothing = 0
    /// A folder and no link to one, whatever lies in it.
    case someFolder = 1
    case file = 2
    /// A file that its owner may execute.
    case executable = 3
    /// This folder with the same names in it.
    case folder = 4
    case link = 5
    /// Nothing, or a file without content, which says as much.
    case nothingOrEmpty = 6
  }

  /// Absolute, or relative to the project.
  package let path: String
  /// Whether it is what the path leads to that counts, not a link that is there.
  package let followsLink: Bool
  package let finding: Finding
  /// All zero for ``Finding/nothing``, ``Finding/someFolder`` and ``Finding/nothingOrEmpty``.
  package let signature: FileSignature

  package init(
    path: String, followsLink: Bool, finding: Finding, signature: FileSignature = .none
  ) {
    self.path = path
    self.followsLink = followsLink
    self.finding = finding
    self.signature = signature
  }
}

extension Witness {
  static let smallestSize = 6 + FileSignature.encodedSize

  init(from reader: inout ByteReader) throws(MalformedBytes) {
    let type = try reader.integer(UInt8.self)
    guard let finding = Finding(rawValue: type) else {
      throw MalformedBytes(reason: "a finding of type \(type) is unknown")
    }
    self.finding = finding
    followsLink = try reader.integer(UInt8.self) != 0
    signature = try FileSignature(from: &reader)
    path = try reader.text()
  }

  func write(to writer: inout ByteWriter) {
    writer.append(finding.rawValue)
    writer.append(UInt8(followsLink ? 1 : 0))
    signature.write(to: &writer)
    writer.append(path)
  }
}

extension FileSignature {
  /// Of no file.
  package static let none = FileSignature(device: 0, inode: 0, size: 0, modified: 0, changed: 0)
}
