extension Loops {
  /// Fused multiply-adds on registers alone: what this instruction set could do at best.
  ///
  /// - Parameter rounds: how often twelve independent chains grow by one.
  /// - Returns: a number that depends on all of them, so that none is left out.
  @inline(never)
  package static func peakLoop(rounds: Int) -> Float {
    let factor = Lanes(repeating: 0.999)
    let term = Lanes(repeating: 0.001)
    var a = (term, term, term, term, term, term)
    var b = a
    for _ in 0..<rounds {
      a.0 = term.plus(a.0, times: factor)
      a.1 = term.plus(a.1, times: factor)
      a.2 = term.plus(a.2, times: factor)
      a.3 = term.plus(a.3, times: factor)
      a.4 = term.plus(a.4, times: factor)
      a.5 = term.plus(a.5, times: factor)
      b.0 = term.plus(b.0, times: factor)
      b.1 = term.plus(b.1, times: factor)
      b.2 = term.plus(b.2, times: factor)
      b.3 = term.plus(b.3, times: factor)
      b.4 = term.plus(b.4, times: factor)
      b.5 = term.plus(b.5, times: factor)
    }
    let first = a.0 + a.1 + a.2 + (a.3 + a.4 + a.5)
    let second = b.0 + b.1 + b.2 + (b.3 + b.4 + b.5)
    return (first + second).total
  }

  /// Floating-point operations of one round of ``peakLoop(rounds:)``.
  package static var peakLoopOperations: Int { 12 * 16 * 2 }
}
