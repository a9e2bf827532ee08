/// A parameter whose value is one of the words of an enumeration elsewhere.
struct Word<Value: RawRepresentable<String>>: Decodable {
  var value: Value

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let value = Value(rawValue: text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' is no \(Value.self)")
    }
    self.value = value
  }
}
