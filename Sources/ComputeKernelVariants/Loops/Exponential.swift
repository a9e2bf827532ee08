/// eˣ, relative error below 1.5 ulp; 0 below −87, +∞ above 88.7, and not a number stays that.
///
/// x = n·ln 2 + r with |r| ≤ ln 2/2; eʳ by Cephes' polynomial (S. Moshier, expf).
@inline(__always)
func exp(_ x: Lanes) -> Lanes {
  // Adding 1.5·2²³ rounds to an integer and leaves it in the low bits.
  let rounder: Float = 12_582_912
  let bounded = x.replacing(with: -87, where: x .< -87).replacing(with: 88, where: x .> 88)
  let shifted = Lanes(repeating: rounder).plus(1.442_695_04, times: bounded)
  let n = shifted - rounder
  let r = bounded.plus(-0.693_359_375, times: n).plus(2.121_944_4e-4, times: n)
  var p = Lanes(repeating: 1.398_199_950_7e-3).plus(1.987_569_15e-4, times: r)
  p = Lanes(repeating: 8.333_451_907_3e-3).plus(p, times: r)
  p = Lanes(repeating: 4.166_579_589_4e-2).plus(p, times: r)
  p = Lanes(repeating: 1.666_666_545_9e-1).plus(p, times: r)
  p = Lanes(repeating: 5.000_000_120_1e-1).plus(p, times: r)
  let power = (r + 1).plus(p, times: r * r)
  let scaled = Lanes(bits: power.bits &+ (shifted.bits &<< 23))
  return scaled.replacing(with: 0, where: x .< -87)
    .replacing(with: .infinity, where: x .> 88.7)
    .replacing(with: x, where: x .!= x)
}

/// ln x for normal x > 0; +∞ and not a number stay what they are.
///
/// x = 2ᵉ·m with m in [√½, √2); ln m by Cephes' polynomial (S. Moshier, logf).
@inline(__always)
func log(_ x: Lanes) -> Lanes {
  let rootOfHalf: Int32 = 0x3f35_04f3
  let exponent = (x.bits &- rootOfHalf) &>> 23
  let f = Lanes(bits: x.bits &- (exponent &<< 23)) - 1
  let e = Lanes(small: exponent)
  var p = Lanes(repeating: -1.151_461_031_0e-1).plus(7.037_683_629_2e-2, times: f)
  p = Lanes(repeating: 1.167_699_874_0e-1).plus(p, times: f)
  p = Lanes(repeating: -1.242_014_084_6e-1).plus(p, times: f)
  p = Lanes(repeating: 1.424_932_278_7e-1).plus(p, times: f)
  p = Lanes(repeating: -1.666_805_766_5e-1).plus(p, times: f)
  p = Lanes(repeating: 2.000_071_476_5e-1).plus(p, times: f)
  p = Lanes(repeating: -2.499_999_399_3e-1).plus(p, times: f)
  p = Lanes(repeating: 3.333_333_117_4e-1).plus(p, times: f)
  let square = f * f
  let tail = (p * f * square).plus(-2.121_944_4e-4, times: e).plus(-0.5, times: square)
  return (f + tail).plus(0.693_359_375, times: e).replacing(with: x, where: .!(x .< .infinity))
}
