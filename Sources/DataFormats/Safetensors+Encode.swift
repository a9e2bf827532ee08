extension Safetensors {
  /// The file's bytes: the same for equal content, whatever order it was put together in.
  ///
  /// Tensors lie by element size, largest first, then by name, so that every element is aligned.
  package func encoded() -> [UInt8] {
    let ordered = tensors.sorted {
      let sizes = ($0.value.element.size, $1.value.element.size)
      return sizes.0 != sizes.1
        ? sizes.0 > sizes.1 : $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
    }
    var header = Array(headerText(ordered).utf8)
    header += Array(repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
    var file: [UInt8] = []
    file.reserveCapacity(8 + header.count + ordered.reduce(0) { $0 + $1.value.bytes.count })
    for shift in stride(from: 0, to: 64, by: 8) {
      file.append(UInt8(truncatingIfNeeded: header.count >> shift))
    }
    file += header
    for (_, tensor) in ordered { file += tensor.bytes }
    return file
  }

  private func headerText(_ ordered: [(key: String, value: Tensor)]) -> String {
    var members: [String] = []
    if !metadata.isEmpty {
      let pairs = metadata.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      let texts = pairs.map { Self.quoted($0.key) + ":" + Self.quoted($0.value) }
      members.append("\"\(Self.metadataName)\":{" + texts.joined(separator: ",") + "}")
    }
    var offset = 0
    for (name, tensor) in ordered {
      let end = offset + tensor.bytes.count
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      members.append(
        Self.quoted(name) + ":{\"dtype\":\"\(tensor.element.rawValue)\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(offset),\(end)]}")
      offset = end
    }
    return "{" + members.joined(separator: ",") + "}"
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
