/// Keys of one object by their text; filled only when the object is large.
struct KeyIndex {
  var offsets: [String: Int] = [:]
}

extension JSONReader {
  /// Objects with more members than this are searched by hashing.
  private static let fewKeys = 16

  /// Notes a key and complains when its object has it already.
  ///
  /// Spellings that Unicode holds for equal are equal here, so that no two keys look alike.
  mutating func note(_ key: NodeID, from first: Int, _ index: inout KeyIndex) {
    let count = keys.count - first
    if count < Self.fewKeys {
      for other in keys[first...] where areEqual(other, key) { return tellTwice(key, other) }
    } else {
      if index.offsets.isEmpty {
        for other in keys[first...] { index.offsets[keyText(other)] = other }
      }
      if let other = index.offsets.updateValue(key, forKey: keyText(key)) {
        index.offsets[keyText(key)] = other
        return tellTwice(key, other)
      }
      if count > Self.fewKeys { return }
    }
    keys.append(key)
  }

  private func areEqual(_ left: NodeID, _ right: NodeID) -> Bool {
    let (first, second) = (nodes[left], nodes[right])
    guard first.isPlain, second.isPlain else { return keyText(left) == keyText(right) }
    guard first.end - first.start == second.end - second.start else { return false }
    for distance in 1..<Int(first.end - first.start)
    where bytes[Int(first.start) + distance] != bytes[Int(second.start) + distance] {
      // The closing quotes may differ: one of them is a slip.
      return distance == Int(first.end - first.start) - 1
    }
    return true
  }

  private func keyText(_ key: NodeID) -> String {
    let node = nodes[key]
    let (start, end) = (Int(node.start), Int(node.end))
    let isQuoted = bytes[start] == UInt8(ascii: "\"") || bytes[start] == UInt8(ascii: "'")
    let inner = isQuoted && end > start + 1 ? bytes[start + 1..<end - 1] : bytes[start..<end]
    return node.needsDecoding
      ? JSONText.decode(inner) : String(decoding: inner, as: UTF8.self)
  }

  private mutating func tellTwice(_ key: NodeID, _ first: NodeID) {
    let line = SourceLines.position(of: Int(nodes[first].start), in: bytes).line
    slip(
      Int(nodes[key].start),
      "the key '\(JSONText.printable(keyText(key)))' stands twice in one object",
      found: "the first one in line \(line)")
  }
}
