/// Why bytes are not a safetensors file, or not the one that was expected.
package enum SafetensorsError: Error, Equatable, CustomStringConvertible {
  case truncated(expected: Int, found: Int)
  case headerTooLong(UInt64)
  /// `offset` counts bytes from the beginning of the header.
  case malformedHeader(offset: Int, message: String)
  case headerNotUTF8
  case duplicateName(String)
  case unknownElement(tensor: String, name: String)
  case badOffsets(tensor: String, message: String)
  case trailingBytes(expected: Int, found: Int)
  case missingTensor(String, present: [String])
  case wrongForm(String, expected: String, found: String)

  package var description: String {
    switch self {
    case .truncated(let expected, let found):
      "the safetensors file is cut off: \(expected) bytes expected, \(found) found"
    case .headerTooLong(let length):
      "the safetensors header claims \(length) bytes; at most \(Safetensors.headerLimit) are read"
    case .malformedHeader(let offset, let message):
      "the safetensors header is malformed at byte \(offset): \(message)"
    case .headerNotUTF8:
      "the safetensors header is not valid UTF-8"
    case .duplicateName(let name):
      "the safetensors header names '\(name)' twice"
    case .unknownElement(let tensor, let name):
      "tensor '\(tensor)' has elements of type '\(name)'; "
        + "read are \(Tensor.Element.allCases.map(\.rawValue).joined(separator: ", "))"
    case .badOffsets(let tensor, let message):
      "tensor '\(tensor)' has wrong data_offsets: \(message)"
    case .trailingBytes(let expected, let found):
      "the safetensors file has \(found - expected) bytes that belong to no tensor "
        + "(\(found) where the header accounts for \(expected))"
    case .missingTensor(let name, let present):
      "there is no tensor '\(name)' in the safetensors file; "
        + "it holds \(present.isEmpty ? "none" : present.joined(separator: ", "))"
    case .wrongForm(let name, let expected, let found):
      "tensor '\(name)' is \(found), expected \(expected)"
    }
  }
}
