/// Elementary functions in double precision with the same bits on every machine.
///
/// The C library's versions differ between processors, and whatever reaches a file must not. These use
/// only + − × ÷, which IEEE 754 defines exactly, in a fixed order; nothing here is fused or
/// reassociated. The error bound of each function, in units in the last place (ulp), is stated and
/// tested. Polynomials are Taylor series, long enough for the reduced argument, summed four terms at a
/// time so that the processor can work on several parts at once.
package enum Elementary {
  /// The upper 32 bits of log 2: its products with small integers are exact.
  static let ln2High = 0x1.62e42feep-1
  /// log 2 − ``ln2High``.
  static let ln2Low = 0x1.a39ef35793c76p-33

  /// 2^exponent for exponents from −1022 to 1023.
  static func powerOfTwo(_ exponent: Int) -> Double {
    Double(bitPattern: UInt64(exponent + 1023) << 52)
  }

  /// The nearest integer to `x`, ties to even, for |x| < 2⁵¹.
  ///
  /// Adding 1.5·2⁵² pushes the fraction out of the significand; unlike `rounded()` it calls no library.
  @inline(__always)
  static func nearestInteger(_ x: Double) -> Double {
    (x + 0x1.8p52) - 0x1.8p52
  }

  /// a + bx + cx² + dx³, where `square` is x².
  @inline(__always)
  static func cubic(
    _ x: Double, _ square: Double, _ a: Double, _ b: Double, _ c: Double, _ d: Double
  ) -> Double {
    (a + b * x) + square * (c + d * x)
  }
}
