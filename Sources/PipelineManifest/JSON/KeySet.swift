/// The keys of one object with their offsets; small objects are searched without hashing.
///
/// Spellings that Unicode holds for equal are equal here, so that no two keys look alike.
struct KeySet {
  private var names: [(name: String, offset: Int)] = []
  private var index: [String: Int] = [:]

  /// Notes a key; the offset of an equal one if there is one.
  mutating func insert(_ name: String, at offset: Int) -> Int? {
    if names.count < 12 {
      if let same = names.first(where: { $0.name == name }) { return same.offset }
      names.append((name, offset))
      return nil
    }
    if index.isEmpty {
      for (name, offset) in names { index[name] = offset }
    }
    if let same = index[name] { return same }
    index[name] = offset
    return nil
  }
}
