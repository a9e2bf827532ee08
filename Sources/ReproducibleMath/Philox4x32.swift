/// The counter-based generator Philox4x32-10: a block of four random words for every key and counter.
///
/// There is no state: a block depends on its key and counter alone, so that any thread may compute any
/// part of any sequence. Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3" (2011).
package struct Philox4x32: Sendable {
  private let key: SIMD2<UInt32>

  /// A generator whose key is the low and the high half of `seed`.
  package init(seed: UInt64) {
    key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
  }

  /// The four words that belong to `counter`.
  package func block(_ counter: SIMD4<UInt32>) -> SIMD4<UInt32> {
    var (x0, x1, x2, x3) = (counter.x, counter.y, counter.z, counter.w)
    var (k0, k1) = (key.x, key.y)
    for _ in 0..<10 {
      let left = UInt64(x0) &* 0xD251_1F53
      let right = UInt64(x2) &* 0xCD9E_8D57
      x0 = UInt32(truncatingIfNeeded: right >> 32) ^ x1 ^ k0
      x1 = UInt32(truncatingIfNeeded: right)
      x2 = UInt32(truncatingIfNeeded: left >> 32) ^ x3 ^ k1
      x3 = UInt32(truncatingIfNeeded: left)
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return SIMD4(x0, x1, x2, x3)
  }
}
