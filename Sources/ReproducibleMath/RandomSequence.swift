/// The random numbers of one seed, stream, model and draw, each reachable by its index alone.
///
/// Value k is lane k mod 4 of the block with counter (k / 4, draw, model, stream). Indices run from 0
/// up to 2³⁴ − 1.
package struct RandomSequence: Sendable {
  private let generator: Philox4x32
  private let stream: UInt32
  private let model: UInt32
  private let draw: UInt32

  package init(seed: UInt64, stream: RandomStream, model: UInt32 = 0, draw: UInt32 = 0) {
    generator = Philox4x32(seed: seed)
    self.stream = stream.rawValue
    self.model = model
    self.draw = draw
  }

  /// Values 4·index … 4·index + 3.
  package func block(at index: Int) -> SIMD4<UInt32> {
    generator.block(SIMD4(UInt32(index), draw, model, stream))
  }

  /// The random word at index `k`.
  package func bits(at k: Int) -> UInt32 {
    block(at: k / 4)[k % 4]
  }

  /// A number in (0, 1) at index `k`: (x + ½) / 2³², exact.
  package func uniform(at k: Int) -> Double {
    Self.uniform(bits(at: k))
  }

  /// The numbers of ``uniform(at:)`` for indices 0 ..< count.
  package func uniforms(count: Int) -> [Double] {
    values(count: count, Self.uniform)
  }

  /// Numbers in (−1, 1), 2u − 1 of ``uniforms(count:)``, exact.
  package func symmetricUniforms(count: Int) -> [Double] {
    values(count: count) { 2 * Self.uniform($0) - 1 }
  }

  static func uniform(_ bits: UInt32) -> Double {
    (Double(bits) + 0.5) * 0x1p-32
  }

  @inline(__always)
  private func values(count: Int, _ transform: (UInt32) -> Double) -> [Double] {
    var values = [Double](repeating: 0, count: count)
    for start in stride(from: 0, to: count &- 3, by: 4) {
      let words = block(at: start / 4)
      values[start] = transform(words.x)
      values[start + 1] = transform(words.y)
      values[start + 2] = transform(words.z)
      values[start + 3] = transform(words.w)
    }
    for k in count / 4 * 4..<count { values[k] = transform(bits(at: k)) }
    return values
  }
}
