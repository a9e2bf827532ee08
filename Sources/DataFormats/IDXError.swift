/// Why bytes are not an IDX file of unsigned bytes.
package enum IDXError: Error, Equatable, CustomStringConvertible {
  case notIDX(magic: [UInt8])
  case unsupportedElement(code: UInt8)
  case noDimensions
  case tooLarge(dimensions: [Int])
  case truncated(expected: Int, found: Int)
  case trailingBytes(expected: Int, found: Int)

  package var description: String {
    switch self {
    case .notIDX(let magic):
      "not an IDX file: it begins with \(magic), but the first two bytes of one are 0"
    case .unsupportedElement(let code):
      "the IDX file holds elements of type \(code); only unsigned bytes (8) are read"
    case .noDimensions:
      "the IDX file has no dimensions"
    case .tooLarge(let dimensions):
      "the IDX header claims \(dimensions.map(String.init).joined(separator: " × ")) elements, "
        + "more than memory can address"
    case .truncated(let expected, let found):
      "the IDX file is cut off: its header asks for \(expected) bytes, it has \(found)"
    case .trailingBytes(let expected, let found):
      "the IDX file has \(found - expected) bytes after its last element "
        + "(\(found) where the header asks for \(expected))"
    }
  }
}
