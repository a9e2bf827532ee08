/// The line that outliers do not move: the median of the slopes between all pairs of points.
package enum TheilSen {
  /// The median slope, or nil when no two points differ in x; takes O(N²) memory.
  package static func slope(_ x: [Double], _ y: [Double]) -> Double? {
    var slopes: [Double] = []
    slopes.reserveCapacity(x.count * (x.count - 1) / 2)
    for i in x.indices {
      for j in 0..<i where x[i] != x[j] { slopes.append((y[i] - y[j]) / (x[i] - x[j])) }
    }
    return slopes.isEmpty ? nil : Quantiles(of: slopes)(0.5)
  }
}
