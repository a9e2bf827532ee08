/// The JSON header of a safetensors file, checked entry by entry.
struct SafetensorsHeader {
  struct Entry {
    var element: Tensor.Element
    var shape: [Int]
    /// Bytes after the header.
    var offsets: Range<Int>
  }

  private(set) var entries: [String: Entry] = [:]
  private(set) var metadata: [String: String] = [:]

  init(parsing bytes: [UInt8]) throws(SafetensorsError) {
    guard String(validating: bytes, as: UTF8.self) != nil else { throw .headerNotUTF8 }
    var reader = HeaderReader(bytes: bytes)
    var hasMetadata = false
    try reader.readObject { reader, name throws(SafetensorsError) in
      if name == Safetensors.metadataName {
        if hasMetadata { throw .duplicateName(name) }
        hasMetadata = true
        metadata = try Self.readMetadata(&reader)
      } else {
        if entries[name] != nil { throw .duplicateName(name) }
        entries[name] = try Self.readEntry(&reader, name)
      }
    }
    try reader.expectEnd()
  }

  private static func readMetadata(
    _ reader: inout HeaderReader
  ) throws(SafetensorsError) -> [String: String] {
    var metadata: [String: String] = [:]
    try reader.readObject { reader, name throws(SafetensorsError) in
      if metadata[name] != nil { throw .duplicateName("\(Safetensors.metadataName).\(name)") }
      metadata[name] = try reader.readString()
    }
    return metadata
  }

  private static func readEntry(
    _ reader: inout HeaderReader, _ tensor: String
  ) throws(SafetensorsError) -> Entry {
    var elementName: String?
    var shape: [Int]?
    var offsets: [Int]?
    try reader.readObject { reader, member throws(SafetensorsError) in
      switch member {
      case "dtype" where elementName == nil: elementName = try reader.readString()
      case "shape" where shape == nil: shape = try reader.readCounts()
      case "data_offsets" where offsets == nil: offsets = try reader.readCounts()
      case "dtype", "shape", "data_offsets": throw .duplicateName("\(tensor).\(member)")
      default: throw reader.fault("unknown member '\(member)' of tensor '\(tensor)'")
      }
    }
    guard let elementName, let shape, let offsets else {
      throw reader.fault("tensor '\(tensor)' needs dtype, shape and data_offsets")
    }
    guard let element = Tensor.Element(rawValue: elementName) else {
      throw .unknownElement(tensor: tensor, name: elementName)
    }
    return Entry(
      element: element, shape: shape,
      offsets: try checkedOffsets(offsets, tensor, byteCount(element, shape)))
  }

  private static func checkedOffsets(
    _ offsets: [Int], _ tensor: String, _ byteCount: Int?
  ) throws(SafetensorsError) -> Range<Int> {
    guard offsets.count == 2, offsets[0] <= offsets[1] else {
      throw .badOffsets(tensor: tensor, message: "\(offsets) is not [begin, end]")
    }
    guard let byteCount, offsets[1] - offsets[0] == byteCount else {
      throw .badOffsets(
        tensor: tensor,
        message: "\(offsets) spans \(offsets[1] - offsets[0]) bytes, "
          + "dtype and shape ask for \(byteCount.map(String.init) ?? "more than memory can address")"
      )
    }
    return offsets[0]..<offsets[1]
  }

  private static func byteCount(_ element: Tensor.Element, _ shape: [Int]) -> Int? {
    var count = element.size
    for dimension in shape {
      let (next, overflow) = count.multipliedReportingOverflow(by: dimension)
      if overflow { return nil }
      count = next
    }
    return count
  }
}
