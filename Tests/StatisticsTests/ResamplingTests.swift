import ReproducibleMath
import Statistics
import Testing

@Suite("Bootstrap, jackknife and permutations")
struct ResamplingTests {
  private let x = Example.x
  private let y = Example.y

  @Test("Jackknife acceleration of Pearson's r")
  func acceleration() {
    let bootstrap = CorrectedBootstrap(
      .pearson, x, y, noise: nil, resampler: Resampler(count: 8, seed: 1))
    expectClose(Jackknife.acceleration(bootstrap.jackknife()), -0.01999695694429188)
    #expect(Jackknife.acceleration([2, 2, 2]) == 0)
  }

  @Test("A resample takes as many points as there are, at the indices of the bootstrap stream")
  func weights() {
    let resampler = Resampler(count: 8, seed: 5)
    for replicate in 0..<50 {
      let sequence = RandomSequence(seed: 5, stream: .bootstrap, draw: UInt32(replicate))
      var expected = [Double](repeating: 0, count: 8)
      for k in 0..<8 { expected[Int((UInt64(sequence.bits(at: k)) * 8) >> 32)] += 1 }
      #expect(resampler.weights(replicate: replicate) == expected)
    }
    #expect(resampler.weights(without: 2) == [1, 1, 0, 1, 1, 1, 1, 1])
  }

  @Test("Whole configurations are taken together")
  func units() {
    let resampler = Resampler(units: [[0, 3], [1, 4], [2, 5]], seed: 5)
    for replicate in 0..<50 {
      let weights = resampler.weights(replicate: replicate)
      #expect(weights[..<3] == weights[3...] && weights.reduce(0, +) == 6)
    }
  }

  @Test(
    "A weighted correlation is that of the points written out", arguments: CorrelationKind.allCases)
  func weighted(kind: CorrelationKind) throws {
    let tied: [Double] = [1, 2, 2, 3, 4, 4, 4, 5]
    for (a, b) in [(x, y), (tied, y), (x, tied)] {
      let prepared = WeightedCorrelation(kind, a, b)
      let resampler = Resampler(count: 8, seed: 6)
      for replicate in 0..<100 {
        let weights = resampler.weights(replicate: replicate)
        let taken = weights.indices.flatMap { [Int](repeating: $0, count: Int(weights[$0])) }
        let expected = kind.value(taken.map { a[$0] }, taken.map { b[$0] })
        let value = prepared.value(weights: weights)
        #expect((value == nil) == (expected == nil))
        expectClose(value ?? 0, expected ?? 0)
      }
      #expect(prepared.value(weights: [8, 0, 0, 0, 0, 0, 0, 0]) == nil)
    }
  }

  @Test("Percentile and BCa of a known list")
  func intervals() {
    let interval = BootstrapInterval(replicates: (1...999).map { Double($0) / 1000 })
    let percentile = interval.percentile(coverage: 0.95)
    expectClose(percentile.lowerBound, 0.02595)
    expectClose(percentile.upperBound, 0.97405)
    let symmetric = interval.bca(estimate: 0.5, acceleration: 0, coverage: 0.95)
    expectClose(symmetric.lowerBound, percentile.lowerBound)
    expectClose(symmetric.upperBound, percentile.upperBound)
    // z₀ = Φ⁻¹(599.5/999), levels Φ(2 z₀ ∓ 1.96) to four digits by hand.
    let shifted = interval.bca(estimate: 0.6, acceleration: 0, coverage: 0.95)
    expectClose(shifted.lowerBound, 0.0741, 2e-3)
    expectClose(shifted.upperBound, 0.9929, 2e-3)
    #expect(interval.bca(estimate: 7, acceleration: 0, coverage: 0.95).upperBound < 1)
  }

  @Test("All 8! orders as good as enumerated: the permutation p of the example")
  func permutation() {
    for (kind, exact) in [(CorrelationKind.kendall, 0.0055), (.spearman, 0.0072)] {
      let test = PermutationTest(kind, x, y, seed: 11)
      let p = PermutationTest.p(exceedances: test.exceedances(0..<20_000), replicates: 20_000)
      #expect((p - exact).magnitude < 0.0025, "\(kind) \(p)")
    }
    let parts = [0..<7, 7..<60, 60..<100].map {
      PermutationTest(.pearson, x, y, seed: 11).exceedances($0)
    }
    #expect(
      parts.reduce(0, +) == PermutationTest(.pearson, x, y, seed: 11).exceedances(0..<100))
    #expect(PermutationTest.p(exceedances: 0, replicates: 9999) == 0.0001)
  }

  @Test("With every point a stratum of its own nothing moves")
  func strata() {
    let fixed = PermutationTest(.pearson, x, y, strata: (0..<8).map { [$0] }, seed: 1)
    #expect(fixed.exceedances(0..<50) == 50)
    let pairs = PermutationTest(
      .pearson, [0, 0, 1, 1], [1, 2, 5, 9], strata: [[0, 1], [2, 3]], seed: 1)
    #expect(pairs.exceedances(0..<50) == 50)
  }

  @Test("A perfect relation is as strong as itself, whatever the rounding")
  func ties() {
    let test = PermutationTest(.pearson, [0.1, 0.2], [0.3, 0.7], seed: 2)
    #expect(test.exceedances(0..<100) == 100)
  }

  @Test("Correction by reliabilities")
  func attenuation() {
    expectClose(Attenuation.corrected(0.1, .pearson, 0.25, 0.16), 0.5)
    expectClose(Attenuation.corrected(1.0 / 3, .kendall, 1, 1), 0.5)
    #expect(Attenuation.corrected(-0.1, .pearson, 0, 0.5) == -.infinity)
    #expect(Attenuation.ceiling(0.3, -0.1) == nil)
  }
}
