import CCPU

/// Sums over images: sixteen doubles at a time.
package typealias DoubleSums = MutableSpan<SIMD16<Double>>

extension Loops {
  /// sums += weight·G in f64; both have one length.
  ///
  /// The product is rounded by itself: a fused one would need the same hardware everywhere.
  @inline(never)
  package static func accumulate(
    _ G: Floats, weight: Double, into sums: inout DoubleSums
  ) {
    precondition(G.count == sums.count)
    for k in 0..<sums.count {
      sums[k] += ccpu_to_doubles(G.lanes(at: k * 16)) * weight
    }
  }
}
