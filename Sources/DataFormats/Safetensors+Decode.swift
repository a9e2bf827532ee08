extension Safetensors {
  /// The content of `file`; refused unless the header accounts for every byte of it exactly once.
  package init(parsing file: [UInt8]) throws(SafetensorsError) {
    guard file.count >= 8 else { throw .truncated(expected: 8, found: file.count) }
    let length = file[0..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(Self.headerLimit) else { throw .headerTooLong(length) }
    let start = 8 + Int(length)
    guard file.count >= start else { throw .truncated(expected: start, found: file.count) }

    let header = try SafetensorsHeader(parsing: Array(file[8..<start]))
    let end = try Self.contiguousEnd(of: header.entries)
    guard file.count - start >= end else {
      throw .truncated(expected: start + end, found: file.count)
    }
    guard file.count - start == end else {
      throw .trailingBytes(expected: start + end, found: file.count)
    }
    var tensors: [String: Tensor] = [:]
    for (name, entry) in header.entries {
      let bytes = Array(
        file[(start + entry.offsets.lowerBound)..<(start + entry.offsets.upperBound)])
      tensors[name] = Tensor(element: entry.element, shape: entry.shape, bytes: bytes)
    }
    self.init(tensors: tensors, metadata: header.metadata)
  }

  /// Where the last tensor ends, when each begins where the one before it ends.
  private static func contiguousEnd(
    of entries: [String: SafetensorsHeader.Entry]
  ) throws(SafetensorsError) -> Int {
    var end = 0
    let ordered = entries.sorted {
      ($0.value.offsets.lowerBound, $0.value.offsets.upperBound, $0.key)
        < ($1.value.offsets.lowerBound, $1.value.offsets.upperBound, $1.key)
    }
    for (name, entry) in ordered {
      guard entry.offsets.lowerBound == end else {
        let fault = entry.offsets.lowerBound > end ? "leave a gap" : "overlap another tensor"
        throw .badOffsets(
          tensor: name,
          message: "they \(fault): begin \(entry.offsets.lowerBound), expected \(end)")
      }
      end = entry.offsets.upperBound
    }
    return end
  }
}
