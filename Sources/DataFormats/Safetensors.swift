/// Named tensors and text metadata in one file that Python, JAX and PyTorch read.
///
/// ```
/// file   = length:u64le header tensors
/// header = JSON object, padded with spaces so that the tensors begin at a multiple of 8
///          { "__metadata__": { name: text }, name: { "dtype", "shape", "data_offsets" } }
/// ```
/// The tensors lie one after the other without gaps; `data_offsets` count from the first of them.
package struct Safetensors: Sendable, Equatable {
  package var tensors: [String: Tensor]
  package var metadata: [String: String]

  package init(tensors: [String: Tensor], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  /// A header longer than this is refused, as the reference implementation does.
  static let headerLimit = 100_000_000
  static let metadataName = "__metadata__"

  /// The tensor called `name`, with elements of type F32 and the shape `shape`.
  package func floats(_ name: String, shape: [Int]) throws(SafetensorsError) -> [Float] {
    guard let tensor = tensors[name] else {
      throw .missingTensor(name, present: tensors.keys.sorted())
    }
    guard tensor.shape == shape, let values = tensor.floats else {
      throw .wrongForm(
        name, expected: "F32 \(shape)", found: "\(tensor.element.rawValue) \(tensor.shape)")
    }
    return values
  }
}
