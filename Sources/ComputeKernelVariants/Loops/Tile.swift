import CCPU

extension Loops {
  /// Hidden sums of four images: A[r] = Σ_p x[p][r]·W1[columns p], without bias.
  ///
  /// `columns` are the pixels that are not 0 in all four, in order; x [pixels][4] holds their
  /// brightness as floats from float `at` on. The panel of W1 is [inputs][S.width] from float
  /// `panel` on; A [4][units] from float `target` on. Four rows of accumulators stay in registers.
  @inline(__always)
  static func tile<S: Strip>(
    _: S.Type, _ columns: Span<UInt16>, _ x: Floats, at: Int, _ W1: Floats, panel: Int,
    units: Int, into A: inout MutableFloats, at target: Int
  ) {
    var sums = (S(), S(), S(), S())
    precondition(at >= 0 && at + columns.count * 4 <= x.floats)
    for p in 0..<columns.count {
      let w = unsafe S(unchecked: W1, at: panel &+ Int(columns[unchecked: p]) &* S.width)
      let four = at &+ p &* 4
      sums.0 = sums.0.plus(unsafe x.float(uncheckedAt: four), times: w)
      sums.1 = sums.1.plus(unsafe x.float(uncheckedAt: four &+ 1), times: w)
      sums.2 = sums.2.plus(unsafe x.float(uncheckedAt: four &+ 2), times: w)
      sums.3 = sums.3.plus(unsafe x.float(uncheckedAt: four &+ 3), times: w)
    }
    sums.0.store(to: &A, at: target)
    sums.1.store(to: &A, at: target + units)
    sums.2.store(to: &A, at: target + 2 * units)
    sums.3.store(to: &A, at: target + 3 * units)
  }

  /// Brightness of a round's tiles as floats, sixteen at a time; x has room for fifteen more.
  @inline(__always)
  static func widen(_ values: Span<UInt8>, into x: inout MutableFloats) {
    var k = 0
    while k + 16 <= values.count {
      let sixteen = unsafe values.bytes.unsafeLoadUnaligned(
        fromByteOffset: k, as: SIMD16<UInt8>.self)
      x.store(ccpu_widen(sixteen), at: k)
      k += 16
    }
    while k < values.count {
      x.store(Float(values[k]), at: k)
      k += 1
    }
  }
}
