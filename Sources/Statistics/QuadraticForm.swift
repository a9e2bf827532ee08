/// pᵀCp for a fixed covariance matrix C and many p, in the cheaper of two forms.
///
/// C is given as such, or as rows F with C = FᵀF when those are fewer than C's.
struct QuadraticForm: Sendable {
  private let rows: [SIMD4<Double>]
  private let rowCount: Int
  private let stride: Int
  private let isFactor: Bool

  /// A symmetric matrix given in full.
  init(covariance: [[Double]]) {
    self.init(rows: covariance, isFactor: false)
  }

  /// Rows F with C = FᵀF.
  init(factor: [[Double]]) {
    self.init(rows: factor, isFactor: true)
  }

  private init(rows: [[Double]], isFactor: Bool) {
    self.isFactor = isFactor
    rowCount = rows.count
    stride = ((rows.first?.count ?? 0) + 3) / 4
    self.rows = rows.flatMap(Self.packed)
  }

  /// The value for one p.
  func value(_ p: [Double]) -> Double {
    let packed = Self.packed(p)
    var sum = 0.0
    for row in 0..<rowCount where isFactor || p[row] != 0 {
      let product = dot(row, packed)
      sum += isFactor ? product * product : p[row] * product
    }
    return sum
  }

  private func dot(_ row: Int, _ p: [SIMD4<Double>]) -> Double {
    var sum = SIMD4<Double>.zero
    let start = row * stride
    for index in 0..<stride { sum += rows[start + index] * p[index] }
    return (sum.x + sum.y) + (sum.z + sum.w)
  }

  private static func packed(_ values: [Double]) -> [SIMD4<Double>] {
    var vectors: [SIMD4<Double>] = []
    vectors.reserveCapacity((values.count + 3) / 4)
    for start in Swift.stride(from: 0, to: values.count &- 3, by: 4) {
      vectors.append(
        SIMD4(values[start], values[start + 1], values[start + 2], values[start + 3]))
    }
    var last = SIMD4<Double>.zero
    for index in values.count / 4 * 4..<values.count { last[index % 4] = values[index] }
    if values.count % 4 > 0 { vectors.append(last) }
    return vectors
  }
}
