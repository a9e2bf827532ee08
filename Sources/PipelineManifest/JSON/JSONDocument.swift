import StageInterface

/// A JSON text with the positions of its values, the order of its keys, and its slips.
///
/// A class, since every walk over members holds on to it.
final class JSONDocument {
  /// The text without a leading byte order mark being removed: offsets are those of the file.
  let bytes: [UInt8]
  /// Never empty; the first is the root.
  let nodes: [JSONNode]
  let slips: [JSONSlip]
  /// False when so much was unreadable that absence of a member says nothing.
  let isReliable: Bool

  static let root: NodeID = 0

  init(bytes: [UInt8], nodes: [JSONNode], slips: [JSONSlip], isReliable: Bool) {
    self.bytes = bytes
    self.nodes = nodes
    self.slips = slips
    self.isReliable = isReliable
  }

  func kind(_ node: NodeID) -> JSONNode.Kind { nodes[node].kind }

  func offset(_ node: NodeID) -> Int { Int(nodes[node].start) }

  /// Members of an object in the order of the text; duplicates included.
  func members(_ object: NodeID) -> Children {
    Children(document: self, node: object + 1, end: Int(nodes[object].next), isObject: true)
  }

  /// Elements of an array; `key` of each is the element itself.
  func elements(_ array: NodeID) -> Children {
    Children(document: self, node: array + 1, end: Int(nodes[array].next), isObject: false)
  }

  /// Walks the direct children of an array or object.
  struct Children: Sequence, IteratorProtocol {
    let document: JSONDocument
    var node: NodeID
    let end: NodeID
    let isObject: Bool

    mutating func next() -> (key: NodeID, value: NodeID)? {
      guard node < end else { return nil }
      let key = node
      let value = isObject ? key + 1 : key
      guard value < end else { return nil }
      node = Int(document.nodes[value].next)
      return (key, value)
    }
  }

  /// The value of the last member called `name`, if `object` is an object that has one.
  func member(_ name: String, of object: NodeID) -> NodeID? {
    guard kind(object) == .object else { return nil }
    var found: NodeID?
    for (key, value) in members(object) where string(key) == name { found = value }
    return found
  }

  /// The text of a string node.
  func string(_ node: NodeID) -> String {
    let piece = nodes[node]
    guard piece.kind == .string else { return source(node) }
    var start = Int(piece.start)
    var end = Int(piece.end)
    if start < end, Self.isQuote(bytes[start]) { start += 1 }
    if end > start, Self.isQuote(bytes[end - 1]), bytes[Int(piece.start)] == bytes[end - 1] {
      end -= 1
    }
    if piece.needsDecoding { return JSONText.decode(bytes[start..<end]) }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private static func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
  }

  /// The text of a node as it stands in the file.
  func source(_ node: NodeID) -> String {
    String(decoding: bytes[Int(nodes[node].start)..<Int(nodes[node].end)], as: UTF8.self)
  }

  /// The text of a node as it stands in the file, cut so that it fits into a message.
  func excerpt(_ node: NodeID) -> String {
    let start = Int(nodes[node].start)
    let end = Int(nodes[node].end)
    return JSONText.excerpt(bytes[start..<end])
  }

  /// The node as a value; unreadable parts are null, the last of two equal keys wins.
  func value(_ node: NodeID) -> ParameterValue {
    switch kind(node) {
    case .null, .invalid: return .null
    case .boolean: return .boolean(bytes[offset(node)] == UInt8(ascii: "t"))
    case .integer: return Int64(source(node)).map { .integer($0) } ?? .null
    case .number: return .number(Double(source(node)) ?? .nan)
    case .string: return .string(string(node))
    case .array: return .list(elements(node).map { value($0.value) })
    case .object:
      var found: [String: ParameterValue] = [:]
      for (key, member) in members(node) { found[string(key)] = value(member) }
      return .object(found)
    }
  }
}
