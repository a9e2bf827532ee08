/// An array of unsigned bytes in the IDX format, as MNIST and its relatives are distributed.
///
/// ```
/// file = 00 00 08 rank:u8 dimension:u32be × rank element:u8 × product of dimensions
/// ```
package struct IDX: Sendable, Equatable {
  /// Rows first: [images, height, width] or [labels].
  package let dimensions: [Int]
  /// Row-major elements, as many as the product of `dimensions`.
  package let elements: [UInt8]

  /// An array of known form; as many elements as the dimensions say, else a programming error.
  package init(dimensions: [Int], elements: [UInt8]) {
    precondition((1...255).contains(dimensions.count), "an IDX file has 1 to 255 dimensions")
    precondition(
      dimensions.allSatisfy { (0...Int(UInt32.max)).contains($0) }, "a dimension must fit 32 bits")
    precondition(Self.product(dimensions) == elements.count, "elements must fill the dimensions")
    self.dimensions = dimensions
    self.elements = elements
  }

  /// The array that `file` holds; refused unless the header accounts for every byte of it.
  package init(parsing file: [UInt8]) throws(IDXError) {
    guard file.count >= 4 else { throw .truncated(expected: 4, found: file.count) }
    guard file[0] == 0, file[1] == 0 else { throw .notIDX(magic: Array(file[0..<4])) }
    guard file[2] == 0x08 else { throw .unsupportedElement(code: file[2]) }
    let rank = Int(file[3])
    guard rank > 0 else { throw .noDimensions }
    let header = 4 + 4 * rank
    guard file.count >= header else { throw .truncated(expected: header, found: file.count) }
    let dimensions = (0..<rank).map { axis in
      file[(4 + 4 * axis)..<(8 + 4 * axis)].reduce(0) { $0 << 8 | Int($1) }
    }
    guard let count = Self.product(dimensions), count <= Int.max - header else {
      throw .tooLarge(dimensions: dimensions)
    }
    let expected = header + count
    guard file.count >= expected else { throw .truncated(expected: expected, found: file.count) }
    guard file.count == expected else {
      throw .trailingBytes(expected: expected, found: file.count)
    }
    self.dimensions = dimensions
    elements = Array(file[header...])
  }

  /// The file's bytes; parsing them gives this array again.
  package func encoded() -> [UInt8] {
    var file: [UInt8] = [0, 0, 0x08, UInt8(dimensions.count)]
    file.reserveCapacity(4 + 4 * dimensions.count + elements.count)
    for dimension in dimensions {
      for shift in [24, 16, 8, 0] { file.append(UInt8(truncatingIfNeeded: dimension >> shift)) }
    }
    return file + elements
  }

  private static func product(_ dimensions: [Int]) -> Int? {
    var product = 1
    for dimension in dimensions {
      let (next, overflow) = product.multipliedReportingOverflow(by: dimension)
      if overflow { return nil }
      product = next
    }
    return product
  }
}
