/// A dense array of numbers with a shape, as one entry of a safetensors file.
package struct Tensor: Sendable, Equatable {
  /// The element types that are read and written; the raw value is the name in the file.
  package enum Element: String, Sendable, CaseIterable {
    case f64 = "F64"
    case i64 = "I64"
    case f32 = "F32"
    case u8 = "U8"

    /// Bytes of one element.
    package var size: Int {
      switch self {
      case .f64, .i64: 8
      case .f32: 4
      case .u8: 1
      }
    }
  }

  package let element: Element
  /// Row-major; empty for a scalar.
  package let shape: [Int]
  /// Little-endian elements.
  package let bytes: [UInt8]

  init(element: Element, shape: [Int], bytes: [UInt8]) {
    precondition(shape.reduce(element.size, *) == bytes.count, "elements must fill the shape")
    self.element = element
    self.shape = shape
    self.bytes = bytes
  }

  /// A tensor of 32-bit floats; without `shape` a vector.
  package init(_ values: [Float], shape: [Int]? = nil) {
    self.init(element: .f32, shape: shape ?? [values.count], bytes: Self.bytes(of: values))
  }

  /// A tensor of 64-bit floats; without `shape` a vector.
  package init(_ values: [Double], shape: [Int]? = nil) {
    self.init(element: .f64, shape: shape ?? [values.count], bytes: Self.bytes(of: values))
  }

  /// A tensor of 64-bit integers; without `shape` a vector.
  package init(_ values: [Int64], shape: [Int]? = nil) {
    self.init(element: .i64, shape: shape ?? [values.count], bytes: Self.bytes(of: values))
  }

  /// A tensor of unsigned bytes; without `shape` a vector.
  package init(_ values: [UInt8], shape: [Int]? = nil) {
    self.init(element: .u8, shape: shape ?? [values.count], bytes: values)
  }

  /// The elements of an `F32` tensor, row-major; nil when it holds another type.
  package var floats: [Float]? { element == .f32 ? values() : nil }
  /// The elements of an `F64` tensor, row-major; nil when it holds another type.
  package var doubles: [Double]? { element == .f64 ? values() : nil }
  /// The elements of an `I64` tensor, row-major; nil when it holds another type.
  package var integers: [Int64]? { element == .i64 ? values() : nil }

  // Every platform we build for is little-endian, so memory and file agree.
  private static func bytes<Value: BitwiseCopyable>(of values: [Value]) -> [UInt8] {
    values.withUnsafeBytes { Array($0) }
  }

  private func values<Value: BitwiseCopyable>() -> [Value] {
    bytes.withUnsafeBytes { raw in
      (0..<(raw.count / element.size)).map {
        raw.loadUnaligned(fromByteOffset: $0 * element.size, as: Value.self)
      }
    }
  }
}
