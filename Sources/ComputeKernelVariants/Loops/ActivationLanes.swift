/// The hidden layer's functions: 0 ReLU, 1 tanh, 2 sigmoid.
///
/// A plain number crosses the border between the targets, so that no type has to be shared.
package enum ActivationCode {
  package static let relu = 0
  package static let tanh = 1
  package static let sigmoid = 2
}

/// φ(a); a sum that is not a number stays one.
@inline(__always)
func activate(_ a: Lanes, _ code: Int) -> Lanes {
  code == ActivationCode.relu ? a.replacing(with: 0, where: a .<= 0) : curve(a, code)
}

/// A call of its own keeps the loops around ReLU small.
@inline(never)
private func curve(_ a: Lanes, _ code: Int) -> Lanes {
  code == ActivationCode.tanh ? tanh(a) : 1 / (1 + exp(-a))
}

/// φ′ at a, from h = φ(a).
@inline(__always)
func slope(_ h: Lanes, _ code: Int) -> Lanes {
  switch code {
  case ActivationCode.relu: Lanes(repeating: 0).replacing(with: 1, where: h .> 0)
  case ActivationCode.tanh: Lanes(repeating: 1).plus(-h, times: h)
  default: h.plus(-h, times: h)
  }
}

/// The hyperbolic tangent, by e^{2|a|} where |a| ≥ 0.625, by a polynomial below.
///
/// The polynomial is that of Cephes (S. Moshier, tanhf).
@inline(__always)
private func tanh(_ a: Lanes) -> Lanes {
  let size = a.replacing(with: -a, where: a .< 0)
  let far = 1 - 2 / (exp(size + size) + 1)
  let square = a * a
  var p = Lanes(repeating: 2.063_908_879_54e-2).plus(-5.704_988_727_45e-3, times: square)
  p = Lanes(repeating: -5.373_971_555_31e-2).plus(p, times: square)
  p = Lanes(repeating: 1.333_144_220_36e-1).plus(p, times: square)
  p = Lanes(repeating: -3.333_328_194_22e-1).plus(p, times: square)
  let near = a.plus(p, times: square * a)
  return near.replacing(
    with: far.replacing(with: -far, where: a .< 0), where: size .>= 0.625)
}
