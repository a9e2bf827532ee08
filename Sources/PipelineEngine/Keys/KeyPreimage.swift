/// What a key digests: typed, length-prefixed fields in a fixed order, kept so that `why` can compare.
///
/// Grammar, in UTF-8:
/// ```
/// preimage = "pipe-key 1" LF *field
/// field    = tag SP length ":" name SP length ":" value LF
/// ```
/// A length counts bytes, so no name or value can be mistaken for another field. A field that is
/// absent is written with the tag `absent`, never left out.
package struct KeyPreimage: Sendable, Equatable {
  package struct Field: Sendable, Equatable {
    package var tag: Tag
    package var name: String
    package var value: String
  }

  /// What a field is about; decides in which words `why` speaks of it.
  package enum Tag: String, Sendable {
    case kind, code, command, parameter, axis, input, file, output, environment, absent, tool
    case platform
  }

  package private(set) var fields: [Field] = []

  package init() {}

  package mutating func add(_ tag: Tag, _ name: String, _ value: String) {
    fields.append(Field(tag: tag, name: name, value: value))
  }

  private static let header = "pipe-key 1\n"

  package var encoded: [UInt8] {
    var bytes = Array(Self.header.utf8)
    for field in fields {
      bytes += field.tag.rawValue.utf8
      Self.append(field.name, to: &bytes)
      Self.append(field.value, to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: " "))
    bytes += String(text.utf8.count).utf8
    bytes.append(UInt8(ascii: ":"))
    bytes += text.utf8
  }

  /// Reads what ``encoded`` wrote; nil when `bytes` are anything else.
  package init?(decoding bytes: [UInt8]) {
    guard bytes.starts(with: Self.header.utf8) else { return nil }
    var rest = bytes.dropFirst(Self.header.utf8.count)
    while !rest.isEmpty {
      guard let space = rest.firstIndex(of: UInt8(ascii: " ")),
        let tag = Tag(rawValue: String(decoding: rest[..<space], as: UTF8.self))
      else { return nil }
      rest = rest[space...]
      guard let name = Self.text(from: &rest), let value = Self.text(from: &rest),
        rest.popFirst() == UInt8(ascii: "\n")
      else { return nil }
      add(tag, name, value)
    }
    // Other spellings of a length, or bytes that are no UTF-8, would be another key's pre-image.
    guard encoded == bytes else { return nil }
  }

  /// Takes ` length:text` off the front.
  private static func text(from rest: inout ArraySlice<UInt8>) -> String? {
    guard rest.popFirst() == UInt8(ascii: " "), let colon = rest.firstIndex(of: UInt8(ascii: ":")),
      let length = Int(String(decoding: rest[..<colon], as: UTF8.self)), length >= 0,
      length <= rest.endIndex - colon - 1
    else { return nil }
    let end = colon + 1 + length
    defer { rest = rest[end...] }
    return String(decoding: rest[(colon + 1)..<end], as: UTF8.self)
  }
}
