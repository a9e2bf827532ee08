/// One field in which two key pre-images differ.
package struct KeyDifference: Sendable, Equatable {
  package var tag: KeyPreimage.Tag
  package var name: String
  /// Nil: the field is new.
  package var old: String?
  /// Nil: the field is gone.
  package var new: String?

  package init(tag: KeyPreimage.Tag, name: String, old: String?, new: String?) {
    self.tag = tag
    self.name = name
    self.old = old
    self.new = new
  }
}

extension KeyPreimage {
  /// The fields that differ, in the order of this pre-image, then those that only `old` has.
  package func differences(from old: KeyPreimage) -> [KeyDifference] {
    let before = Self.valuesByName(old.fields)
    let now = Self.valuesByName(fields)
    var differences: [KeyDifference] = []
    for field in fields {
      let name = FieldName(field)
      guard (before[name] ?? nil) != field.presentValue else { continue }
      differences.append(
        KeyDifference(
          tag: name.tag, name: field.name, old: before[name] ?? nil, new: field.presentValue))
    }
    for field in old.fields where now[FieldName(field)] == nil {
      let name = FieldName(field)
      differences.append(
        KeyDifference(tag: name.tag, name: field.name, old: field.presentValue, new: nil))
    }
    return differences
  }

  private static func valuesByName(_ fields: [Field]) -> [FieldName: String?] {
    Dictionary(
      fields.map { (FieldName($0), $0.presentValue) }, uniquingKeysWith: { first, _ in first })
  }

  /// Identifies a field across pre-images; an absent environment variable is still one of that name.
  private struct FieldName: Hashable {
    var tag: Tag
    var name: String

    init(_ field: Field) {
      tag = field.tag == .absent ? .environment : field.tag
      name = field.name
    }
  }
}

extension KeyPreimage.Field {
  fileprivate var presentValue: String? { tag == .absent ? nil : value }
}
