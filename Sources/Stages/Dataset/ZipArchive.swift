import CZlib

/// A zip archive in memory, read strictly and as far as wheels need it: no encryption, no zip64.
package struct ZipArchive: Sendable {
  package struct Member: Sendable {
    package let name: String
    fileprivate var method: Int
    fileprivate var checkSum: Int
    fileprivate var compressedSize: Int
    fileprivate var size: Int
    fileprivate var headerOffset: Int
  }

  private let bytes: [UInt8]
  private let name: String
  package private(set) var members: [Member] = []

  /// The archive in `bytes`; `name` is for errors.
  package init(bytes: [UInt8], name: String) throws(DatasetError) {
    self.bytes = bytes
    self.name = name
    let end = try endOfDirectory()
    var position = try number(at: end + 16, width: 4)
    for _ in 0..<(try number(at: end + 10, width: 2)) {
      guard try number(at: position, width: 4) == 0x0201_4b50 else {
        throw fault("its directory is damaged")
      }
      let nameLength = try number(at: position + 28, width: 2)
      members.append(
        Member(
          name: try text(at: position + 46, length: nameLength),
          method: try number(at: position + 10, width: 2),
          checkSum: try number(at: position + 16, width: 4),
          compressedSize: try number(at: position + 20, width: 4),
          size: try number(at: position + 24, width: 4),
          headerOffset: try number(at: position + 42, width: 4)))
      position += 46 + nameLength
      position +=
        try number(at: position - nameLength - 46 + 30, width: 2)
        + number(at: position - nameLength - 46 + 32, width: 2)
    }
  }

  /// The one member whose name ends with `suffix`.
  package func onlyMember(endingWith suffix: String) throws(DatasetError) -> Member {
    let found = members.filter { $0.name.hasSuffix(suffix) }
    guard let member = found.first, found.count == 1 else {
      throw fault("it has \(found.count) members called …\(suffix), expected 1")
    }
    return member
  }

  /// The inflated content of `member`, refused above `limit` bytes before anything is inflated.
  package func content(of member: Member, limit: Int) throws(DatasetError) -> [UInt8] {
    guard member.size <= limit else { throw .tooLarge(name: member.name, limit: limit) }
    guard try number(at: member.headerOffset, width: 4) == 0x0403_4b50 else {
      throw fault("the header of \(member.name) is damaged")
    }
    let start =
      member.headerOffset + 30 + (try number(at: member.headerOffset + 26, width: 2))
      + (try number(at: member.headerOffset + 28, width: 2))
    guard member.compressedSize <= bytes.count - start else { throw fault("it is cut off") }
    let stored = Array(bytes[start..<(start + member.compressedSize)])
    let content = try inflated(stored, member)
    guard content.count == member.size, Self.checkSum(of: content) == member.checkSum else {
      throw fault("\(member.name) does not match its check sum")
    }
    return content
  }

  private func inflated(_ stored: [UInt8], _ member: Member) throws(DatasetError) -> [UInt8] {
    switch member.method {
    case 0: return stored
    case 8:
      do {
        return try Inflate.content(of: stored, form: .raw, limit: member.size)
      } catch {
        throw fault("\(member.name) is damaged")
      }
    default: throw fault("\(member.name) is compressed by method \(member.method); read are 0, 8")
    }
  }

  /// The end record lies before a comment of at most 65,535 bytes.
  private func endOfDirectory() throws(DatasetError) -> Int {
    var position = bytes.count - 22
    while position >= 0, position >= bytes.count - 22 - 0xffff {
      if try number(at: position, width: 4) == 0x0605_4b50 { return position }
      position -= 1
    }
    throw fault("it is no zip archive, or cut off")
  }

  private func number(at position: Int, width: Int) throws(DatasetError) -> Int {
    guard position >= 0, position <= bytes.count - width else { throw fault("it is cut off") }
    return (0..<width).reduce(0) { $0 | Int(bytes[position + $1]) << (8 * $1) }
  }

  private func text(at position: Int, length: Int) throws(DatasetError) -> String {
    guard position >= 0, position <= bytes.count - length else { throw fault("it is cut off") }
    return String(decoding: bytes[position..<(position + length)], as: UTF8.self)
  }

  private func fault(_ reason: String) -> DatasetError {
    .badArchive(name: name, reason: reason)
  }

  private static func checkSum(of content: [UInt8]) -> Int {
    content.withUnsafeBufferPointer { Int(crc32_z(0, $0.baseAddress, $0.count)) }
  }
}
