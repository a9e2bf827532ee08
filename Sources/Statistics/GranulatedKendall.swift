/// Granulated Kendall, Ψ: τ_a along one axis of a grid at a time.
///
/// Source: Jiang and others, "Fantastic generalization measures and where to find them" (2019).
package struct GranulatedKendall: Sendable, Equatable {
  /// For each axis the mean, over all settings of the others, of τ_a along it.
  package let perAxis: [Double]

  /// From the values of a full grid, row-major, the last axis varying fastest.
  ///
  /// Seeds are averaged before. Axes of length 1 are left out; nil when there is no other.
  package init?(lengths: [Int], _ measure: [Double], _ gap: [Double]) {
    let count = lengths.reduce(1, *)
    precondition(measure.count == count && gap.count == count, "the grid must be full")
    var perAxis: [Double] = []
    var stride = count
    for length in lengths {
      stride /= max(length, 1)
      guard length > 1 else { continue }
      let taus = (0..<count).filter { $0 / stride % length == 0 }.map { start in
        let line = (0..<length).map { start + $0 * stride }
        return Kendall(line.map { measure[$0] }, line.map { gap[$0] }).tauA ?? 0
      }
      perAxis.append(Moments.mean(taus))
    }
    guard !perAxis.isEmpty else { return nil }
    self.perAxis = perAxis
  }

  /// The mean over axes.
  package var psi: Double { Moments.mean(perAxis) }
}
