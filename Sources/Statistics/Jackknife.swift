/// The statistic without one unit at a time.
package enum Jackknife {
  /// The acceleration of BCa: Σ(m − θᵢ)³ / (6·(Σ(m − θᵢ)²)^1.5); 0 where the θᵢ do not vary.
  package static func acceleration(_ leftOut: [Double]) -> Double {
    guard !leftOut.isEmpty else { return 0 }
    let distances = Moments.centred(leftOut).map { -$0 }
    let squares = distances.reduce(0) { $0 + $1 * $1 }
    let cubes = distances.reduce(0) { $0 + $1 * $1 * $1 }
    let scale = 6 * squares * squares.squareRoot()
    return scale > 0 ? cubes / scale : 0
  }
}
