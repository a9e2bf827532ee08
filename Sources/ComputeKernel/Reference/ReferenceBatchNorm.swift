/// Batch normalisation of the hidden sums of a batch: y = γ·(a−μ)/√(v+ε) + β, v biased.
struct ReferenceBatchNorm {
  let mean: [Float]
  let variance: [Float]
  /// y, [batch][hidden].
  let outputs: [[Float]]
  /// (a−μ)/√(v+ε), [batch][hidden].
  private let normalized: [[Double]]
  private let gamma: [Double]

  /// - Parameters:
  ///   - sums: a, [batch][hidden].
  ///   - parameters: γ, then β.
  init(_ sums: [[Float]], parameters: ArraySlice<Float>) {
    let count = Double(sums.count)
    let hidden = parameters.count / 2
    let gamma = parameters.prefix(hidden).map { Double($0) }
    let beta = parameters.suffix(hidden).map { Double($0) }
    let mean = (0..<hidden).map { j in sums.reduce(0.0) { $0 + Double($1[j]) } / count }
    let variance = (0..<hidden).map { j in
      sums.reduce(0.0) { $0 + (Double($1[j]) - mean[j]) * (Double($1[j]) - mean[j]) } / count
    }
    let normalized = sums.map { row in
      row.indices.map { j in
        (Double(row[j]) - mean[j]) / (variance[j] + BatchNormState.epsilon).squareRoot()
      }
    }
    outputs = normalized.map { row in
      row.indices.map { Float(gamma[$0] * row[$0] + beta[$0]) }
    }
    self.mean = mean.map { Float($0) }
    self.variance = variance.map { Float($0) }
    self.normalized = normalized
    self.gamma = gamma
  }

  /// Adds ∂L/∂γ and ∂L/∂β at `offset` and turns ∂L/∂y into ∂L/∂a, [batch][hidden].
  ///
  /// With n̂ the normalised sum: γ/√(v+ε)·(d − mean d − n̂·mean(d·n̂)).
  func backward(
    _ deltas: [[Float]], into total: inout [Double], at offset: Int
  ) -> [[Float]] {
    let count = Double(deltas.count)
    var sum = [Double](repeating: 0, count: gamma.count)
    var product = sum
    for (row, normal) in zip(deltas, normalized) {
      for j in row.indices {
        sum[j] += Double(row[j])
        product[j] += Double(row[j]) * normal[j]
      }
    }
    for j in gamma.indices {
      total[offset + j] += product[j]
      total[offset + gamma.count + j] += sum[j]
    }
    let scale = gamma.indices.map {
      gamma[$0] / (Double(variance[$0]) + BatchNormState.epsilon).squareRoot()
    }
    return zip(deltas, normalized).map { row, normal in
      row.indices.map { j in
        Float(scale[j] * (Double(row[j]) - sum[j] / count - normal[j] * product[j] / count))
      }
    }
  }
}
