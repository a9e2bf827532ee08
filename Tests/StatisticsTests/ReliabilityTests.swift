import ReproducibleMath
import Statistics
import Testing

@Suite("Reliability")
struct ReliabilityTests {
  private static let rows: [[Double]] = [
    [1, 2, 3, 4], [2, 4, 6, 8], [0, 1, 0, 1], [5, 5, 6, 9],
  ]

  @Test("ICC(1,1) and ICC(1,k)")
  func intraclass() throws {
    let icc = try #require(IntraclassCorrelation(rows: Self.rows))
    expectClose(icc.single, 0.6557377049180327)
    expectClose(icc.mean, 0.8839779005524862)
    expectClose(SpearmanBrown.reliability(of: 4, single: icc.single), icc.mean)
  }

  @Test("One row, one repetition or equal rows have no reliability")
  func degenerate() {
    #expect(IntraclassCorrelation(rows: [[1, 2]]) == nil)
    #expect(IntraclassCorrelation(rows: [[1], [2]]) == nil)
    #expect(IntraclassCorrelation(rows: [[1, 3], [3, 1]]) == nil)
  }

  @Test("Measurements needed for .9")
  func needed() {
    #expect(SpearmanBrown.needed(single: 0.5) == 9)
    #expect(SpearmanBrown.needed(single: 0.0172) == 515)
    #expect(SpearmanBrown.needed(single: 0.95) == 1)
    #expect(SpearmanBrown.needed(single: 0) == nil && SpearmanBrown.needed(single: -0.2) == nil)
  }

  /// Losses of 30 models on 50 examples: model effect + example effect + noise.
  private static let losses = (0..<30).map { model in
    let examples = RandomSequence(seed: 1, stream: .probes).normals(count: 50)
    let own = RandomSequence(seed: 1, stream: .probes, model: UInt32(model + 1)).normals(count: 50)
    return zip(examples, own).map { 1 + 0.05 * Double(model) + 3 * $0 + 0.8 * $1 }
  }

  /// The definition of experiment.md §6, written out.
  private static func noiseByDefinition(_ losses: [[Double]]) -> Double {
    let examples = losses[0].indices.map { n in Moments.mean(losses.map { $0[n] }) }
    let variances = losses.map { Moments.variance(zip($0, examples).map { $0 - $1 }) }
    return Moments.mean(variances) / Double(examples.count)
  }

  @Test("Both forms of the example noise are its definition")
  func exampleNoise() {
    let ones = [Double](repeating: 1, count: Self.losses.count)
    let expected = Self.noiseByDefinition(Self.losses)
    expectClose(ExampleNoise(losses: Self.losses).variance(weights: ones), expected)
    let floats = Self.losses.map { $0.map(Float.init) }
    let noise = ExampleNoise(
      triangle: LossCovariance(losses: ExampleLosses(floats)).triangle(rows: 0..<30), examples: 50)
    expectClose(
      noise.variance(weights: ones), Self.noiseByDefinition(floats.map { $0.map(Double.init) }))
  }

  @Test("A resample's noise is that of the models written out as often as they count")
  func weightedNoise() {
    let resampler = Resampler(count: Self.losses.count, seed: 9)
    for replicate in 0..<20 {
      let weights = resampler.weights(replicate: replicate)
      let taken = weights.indices.flatMap { i in
        [[Double]](repeating: Self.losses[i], count: Int(weights[i]))
      }
      expectClose(
        ExampleNoise(losses: Self.losses).variance(weights: weights),
        Self.noiseByDefinition(taken))
    }
  }

  @Test("Covariances are the same however the rows are shared out")
  func covarianceParts() {
    let random = (0..<7).map { model in
      RandomSequence(seed: 2, stream: .probes, model: model).normals(count: 2500).map(Float.init)
    }
    let covariance = LossCovariance(losses: ExampleLosses(random))
    let whole = covariance.triangle(rows: 0..<7)
    let parts = [0..<1, 1..<4, 4..<7].flatMap { covariance.triangle(rows: $0) }
    #expect(whole == parts)
    for i in 0..<7 {
      for j in 0...i {
        let (a, b) = (random[i].map(Double.init), random[j].map(Double.init))
        let expected = Moments.sumOfProducts(Moments.centred(a), Moments.centred(b)) / 2499
        expectClose(whole[i][j], expected)
      }
    }
  }

  @Test("Split halves agree with the closed form")
  func splitHalves() throws {
    let floats = Self.losses.map { $0.map(Float.init) }
    let halves = SplitHalf(
      losses: ExampleLosses(floats), trainLosses: [Double](repeating: 1, count: 30), seed: 4)
    let splitHalf = try #require(SplitHalf.reliability(halves.correlations(0..<200)))
    let gaps = floats.map { $0.reduce(0.0) { $0 + Double($1) } / 50 - 1 }
    let noise = Self.noiseByDefinition(Self.losses)
    #expect((splitHalf - (1 - noise / Moments.variance(gaps))).magnitude < 0.02)
    let (first, second) = halves.gaps(split: 3)
    for model in 0..<30 { expectClose((first[model] + second[model]) / 2, gaps[model], 1e-6) }
  }

  @Test("The noise model of whole weights is the plain one")
  func noiseModel() throws {
    let gap: [Double] = [0, 2, 1, 3]
    let losses: [[Double]] = [[1, 2, 2], [3, 3, 3], [2, 1, 3], [4, 5, 4]]
    let model = NoiseModel(draws: Self.rows, gap: gap, gapNoise: ExampleNoise(losses: losses))
    let ones: [Double] = [1, 1, 1, 1]
    expectClose(model.sharpnessReliability(weights: ones), 0.8839779005524862)
    let expected = 1 - Self.noiseByDefinition(losses) / Moments.variance(gap)
    expectClose(model.gapReliability(weights: ones), expected)
    #expect(model.gapReliability(weights: [4, 0, 0, 0]) == nil)
    #expect(model.sharpnessReliability(weights: [0, 0, 0, 4]) == nil)
  }

  /// 25 models, each on 50 of 60 images and on 10 more that all have; images differ much more from each
  /// other than models do on them, and no model is really better.
  private static func pools(_ study: Int) -> (losses: [[Float]], numbers: [[Int64]]) {
    func random(_ model: Int) -> RandomSequence {
      RandomSequence(seed: 3, stream: .probes, model: UInt32(model), draw: UInt32(study))
    }
    let difficulty = random(0).normals(count: 70)
    let numbers = (1...25).map { model in
      random(model).shuffled(count: 60).prefix(50).map { Int64($0) } + (60..<70)
    }
    let losses = numbers.enumerated().map { model, numbers in
      zip(numbers, random(100 + model).normals(count: 60)).map {
        Float(3 * difficulty[Int($0)] + 0.8 * $1)
      }
    }
    return (losses, numbers)
  }

  @Test("Models on different images: the noise is that of their means, not of the order of rows")
  func pools() {
    let ones = [Double](repeating: 1, count: 25)
    var (estimated, real, byRow) = (0.0, 0.0, 0.0)
    for study in 0..<300 {
      let (losses, numbers) = Self.pools(study)
      let covariance = LossCovariance(losses: ExampleLosses(losses, numbers: numbers))
      estimated += ExampleNoise(triangle: covariance.triangle(rows: 0..<25), examples: 60)
        .variance(weights: ones)
      real += Moments.variance(losses.map { Moments.mean($0.map(Double.init)) })
      byRow += Self.noiseByDefinition(losses.map { $0.map(Double.init) })
    }
    #expect((estimated / real - 1).magnitude < 0.08, "\(estimated / real)")
    #expect(byRow > 3 * real)
  }

  @Test("Images in another order for each model change nothing")
  func order() {
    let floats = Self.losses.map { $0.map(Float.init) }
    let orders = floats.indices.map { model in
      RandomSequence(seed: 6, stream: .probes, model: UInt32(model)).shuffled(count: 50)
    }
    let shuffled = zip(floats, orders).map { losses, order in order.map { losses[Int($0)] } }
    let examples = ExampleLosses(shuffled, numbers: orders.map { $0.map { Int64($0) } })
    #expect(examples == ExampleLosses(floats))
  }
}
