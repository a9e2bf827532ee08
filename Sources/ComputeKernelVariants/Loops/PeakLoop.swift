extension Loops {
  /// Fused multiply-adds on registers alone: what this instruction set could do at best.
  ///
  /// - Parameter rounds: how often independent chains grow by one.
  /// - Returns: a number that depends on all of them, so that none is left out.
  @inline(never)
  package static func peakLoop(rounds: Int) -> Float {
    var chains = PeakChains()
    guard hasWideRegisters else {
      for _ in 0..<rounds { chains.grow() }
      return chains.total
    }
    var others = chains
    for _ in 0..<rounds {
      chains.grow()
      others.grow()
    }
    return chains.total + others.total
  }

  /// Floating-point operations of one round of ``peakLoop(rounds:)``.
  package static var peakLoopOperations: Int { (hasWideRegisters ? 2 : 1) * 6 * 16 * 2 }

  /// Whether sixteen lanes are one register of 32, not two or more of 16.
  ///
  /// Two units that take four cycles want eight chains under way at least. Six chains of sixteen
  /// lanes are twelve registers of eight; twice as many would not stay in registers.
  private static var hasWideRegisters: Bool { widestTile > 24 }
}

/// Six independent chains of x ← ax + b.
private struct PeakChains {
  private var a, b, c, d, e, f: Lanes

  init() {
    let term = Self.term
    (a, b, c, d, e, f) = (term, term, term, term, term, term)
  }

  private static var factor: Lanes { Lanes(repeating: 0.999) }
  private static var term: Lanes { Lanes(repeating: 0.001) }

  @inline(__always)
  mutating func grow() {
    a = Self.term.plus(a, times: Self.factor)
    b = Self.term.plus(b, times: Self.factor)
    c = Self.term.plus(c, times: Self.factor)
    d = Self.term.plus(d, times: Self.factor)
    e = Self.term.plus(e, times: Self.factor)
    f = Self.term.plus(f, times: Self.factor)
  }

  var total: Float { (a + b + c + (d + e + f)).total }
}
