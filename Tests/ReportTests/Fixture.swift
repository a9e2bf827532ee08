import Findings
import TestSupport

/// Findings like those of the default configuration: 100 networks, 20 draws, numbers of the prototype's size.
///
/// Made with the four operations and square roots only, so that every machine makes the same ones.
enum Fixture {
  static let count = 100
  static let draws = 20

  static func findings(
    count: Int = count, verdict: Verdict = inconclusive, hasRelation: Bool = true
  ) -> StudyFindings {
    let points = points(count)
    let sharpness = points.map(\.sharpness)
    let gap = points.map(\.gap)
    let r = pearson(sharpness, gap)
    let halves = halfGaps(points)
    return StudyFindings(
      verdict: verdict, configuration: configuration(count), population: population(points),
      points: points, relation: hasRelation ? relation(sharpness, gap) : nil,
      reliability: reliability(hasValues: hasRelation),
      corrected: hasRelation
        ? CorrectedCorrelation(
          value: r / 0.29, interval95: Interval(lower: r / 0.29 - 0.81, upper: r / 0.29 + 0.84),
          interval90: Interval(lower: r / 0.29 - 0.66, upper: r / 0.29 + 0.69),
          undefinedResamples: 37) : nil,
      equivalence: hasRelation
        ? EquivalenceTest(
          bound: 0.2, p: 0.12, interval90: Interval(lower: r - 0.165, upper: r + 0.165)) : nil,
      power: power(count),
      controls: Controls(
        randomNumber: correlation(0.05, count),
        halfGaps: hasRelation
          ? correlation(pearson(halves.map(\.first), halves.map(\.second)), count) : nil,
        halfGapPoints: hasRelation ? halves : [],
        sharpnessAndTrainLoss: correlation(pearson(sharpness, points.map(\.trainLoss)), count),
        gapAndTrainLoss: correlation(pearson(gap, points.map(\.trainLoss)), count),
        sharpnessAndTestLoss: correlation(pearson(sharpness, points.map(\.testLoss)), count),
        sharpnessAndErrorGap: hasRelation ? correlation(0.08, count) : nil))
  }

  static let inconclusive = Verdict.inconclusive(
    .init(
      delta: 0.2, models: count, draws: draws, modelsNeeded: 2_483, drawsNeeded: 512,
      modelsNeededAtThoseDraws: 713))

  static let related = Verdict.related(
    .init(
      kind: .pearson, value: 0.41, interval: Interval(lower: 0.23, upper: 0.56), p: 0.000021,
      weakerThanDelta: nil))

  static let relatedButWeak = Verdict.related(
    .init(
      kind: .pearson, value: 0.07, interval: Interval(lower: 0.01, upper: 0.13), p: 0.021,
      weakerThanDelta: 0.2))

  static let noRelation = Verdict.noRelationLargerThanDelta(
    .init(delta: 0.2, corrected: 0.03, interval90: Interval(lower: -0.11, upper: 0.17)))

  static let unreliable = Verdict.notTestable(
    .unreliable(.sharpness, reliability: 0.04, interval: Interval(lower: -0.31, upper: 0.29)))

  static let tooFewConfigurations = Verdict.notTestable(
    .tooFewConfigurations(found: 2, needed: 10))

  static let tooFew = Verdict.notTestable(.tooFewModels(found: 3, needed: 5))
}

extension Fixture {
  private static func points(_ count: Int) -> [ModelPoint] {
    var numbers = SampleNumbers(seed: 20_171_107)
    return (0..<count).map { model in
      let trainLoss = numbers.normal(mean: 0.127, deviation: 0.0069)
      let gap = numbers.normal(mean: 0.0285, deviation: 0.0036) + (trainLoss - 0.127) * 0.15
      let sharpness = numbers.normal(mean: 0.00212, deviation: 0.00035)
      let trainAccuracy = 0.9632 - (trainLoss - 0.127) * 0.25
      let testAccuracy = numbers.normal(mean: 0.9546, deviation: 0.0022)
      return ModelPoint(
        model: model, sharpness: sharpness, sharpnessError: 0.0003, gap: gap,
        errorGap: trainAccuracy - testAccuracy, trainLoss: trainLoss, testLoss: trainLoss + gap,
        trainAccuracy: trainAccuracy, testAccuracy: testAccuracy, epochs: 12, steps: 5_628,
        reachedTarget: nil, weightsDigest: String(repeating: "ab", count: 32),
        perturbationDigest: String(repeating: "cd", count: 32))
    }
  }

  private static func halfGaps(_ points: [ModelPoint]) -> [Controls.HalfGap] {
    var numbers = SampleNumbers(seed: 3)
    return points.map { point in
      let difference = numbers.normal(mean: 0, deviation: 0.0032)
      return Controls.HalfGap(
        model: point.model, first: point.gap + difference, second: point.gap - difference)
    }
  }

  private static func configuration(_ count: Int) -> StudyConfiguration {
    let training = [
      ("activation", "relu"), ("batch", "128"), ("batchNorm", "false"), ("bias", "zeros"),
      ("data.evaluate", "test"), ("data.subsetSeed", "0"), ("data.train", "60000"),
      ("epochs", "12"), ("hidden", "20"), ("init", "glorot_uniform"), ("l2", "0"),
      ("lastBatch", "keep"),
      (
        "optimizer",
        "{\"beta1\":0.9,\"beta2\":0.999,\"epsilon\":1e-08,\"learningRate\":0.001,\"name\":\"adam\"}"
      ), ("shuffle", "epoch"),
    ]
    let digests = [
      ("testImages", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
      ("testLabels", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
      ("trainImages", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
      ("trainLabels", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
    ]
    return StudyConfiguration(
      seed: 20_171_107, models: count, trainImages: 60_000, evaluationImages: 10_000,
      weightCount: 15_910, training: training.map { Setting(name: $0.0, value: $0.1) }, varied: [],
      dataDigests: digests.map { Setting(name: $0.0, value: $0.1) },
      perturbation: PerturbationSettings(
        sigma: 0.01, draws: draws, antithetic: false,
        others: [
          Setting(name: "kind", value: "gaussian"), Setting(name: "on", value: "train"),
          Setting(name: "scope", value: "all"),
        ]),
      analysis: AnalysisSettings(
        statistic: .abs, primary: .pearson, alpha: 0.05, equivalence: 0.2, bootstrap: 10_000,
        permutations: 9_999))
  }

  private static func population(_ points: [ModelPoint]) -> Population {
    Population(
      trainAccuracy: distribution(points.map(\.trainAccuracy)),
      testAccuracy: distribution(points.map(\.testAccuracy)),
      trainLoss: distribution(points.map(\.trainLoss)),
      testLoss: distribution(points.map(\.testLoss)), gap: distribution(points.map(\.gap)),
      errorGap: distribution(points.map(\.errorGap)),
      sharpness: distribution(points.map(\.sharpness)), missedTarget: nil)
  }

  private static func distribution(_ values: [Double]) -> Distribution {
    let sorted = values.sorted()
    let mean = average(values)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    func quantile(_ share: Double) -> Double { sorted[Int(share * Double(sorted.count - 1))] }
    return Distribution(
      mean: mean,
      standardDeviation: values.count > 1 ? (squares / Double(values.count - 1)).squareRoot() : 0,
      minimum: quantile(0), quantile05: quantile(0.05), lowerQuartile: quantile(0.25),
      median: quantile(0.5), upperQuartile: quantile(0.75), quantile95: quantile(0.95),
      maximum: quantile(1),
      histogram: Histogram(start: quantile(0), width: 0, counts: [values.count]))
  }

  private static func relation(_ x: [Double], _ y: [Double]) -> Relation {
    let r = pearson(x, y)
    let (meanX, meanY) = (average(x), average(y))
    let sxx = x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
    let syy = y.reduce(0) { $0 + ($1 - meanY) * ($1 - meanY) }
    let slope = r * (syy / sxx).squareRoot()
    let residual = (syy * (1 - r * r) / Double(x.count - 2)).squareRoot()
    let (least, greatest) = (x.min() ?? 0, x.max() ?? 1)
    let band = (0...40).map { step in
      let place = least + (greatest - least) * Double(step) / 40
      let half =
        1.98 * residual
        * (1 / Double(x.count) + (place - meanX) * (place - meanX) / sxx).squareRoot()
      let fit = meanY + slope * (place - meanX)
      return BandPoint(x: place, y: fit, lower: fit - half, upper: fit + half)
    }
    let all = correlation(r, x.count)
    return Relation(
      primary: PrimaryCorrelation(
        kind: .pearson, value: r, p: 0.34, holmP: 0.34, percentile: all.interval,
        bca: all.interval, permutationP: 0.3412),
      pearson: Correlation(value: r, p: 0.34, interval: all.interval),
      spearman: correlation(r * 0.9, x.count),
      kendall: KendallCorrelation(value: r * 0.6, p: 0.39, isExact: false),
      partialGivenTrainLoss: PartialCorrelation(
        method: .linear, value: r * 0.8, t: 0.7, degreesOfFreedom: x.count - 3, p: 0.48),
      line: FittedLine(
        slope: slope, intercept: meanY - slope * meanX, slopeError: residual / sxx.squareRoot(),
        residualDeviation: residual, band: band),
      theilSenSlope: slope * 0.93)
  }

  private static func reliability(hasValues: Bool) -> Reliability {
    guard hasValues else { return Reliability(sharpness: nil, gap: nil, ceiling: nil) }
    let single = 0.0173
    func expected(_ draws: Double) -> Double { draws * single / (1 + (draws - 1) * single) }
    let steps = [1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1_000]
    return Reliability(
      sharpness: SharpnessReliability(
        single: single, mean: 0.2604, interval: Interval(lower: 0.051, upper: 0.412), draws: draws,
        betweenVariance: 3e-8, withinVariance: 1.7e-6, drawsNeeded: 512,
        curve: steps.map { .init(draws: $0, reliability: expected(Double($0))) }),
      gap: GapReliability(
        value: 0.331, interval: Interval(lower: 0.118, upper: 0.476), splitHalf: 0.3277, splits: 200
      ),
      ceiling: 0.2936)
  }

  private static func power(_ count: Int) -> Power {
    let steps = [10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 1_000, 2_000, 5_000, 10_000]
    func detectable(_ models: Int, _ z: Double) -> Double {
      let w = z / Double(models - 3).squareRoot()
      return w / (1 + w * w / 3)
    }
    return Power(
      criticalR: 0.19655, detectable80: 0.27703, detectable90: 0.31774,
      detectableCorrected80: 0.94356, detectableCorrected90: 1.0822, modelsForEquivalence: 2_483,
      modelsForEquivalenceWithExactSharpness: 642,
      curve: steps.map {
        .init(
          models: $0, detectable80: detectable($0, 2.8016), detectable90: detectable($0, 3.2415))
      })
  }

  private static func correlation(_ r: Double, _ count: Int) -> Correlation {
    let half = 1.96 * (1 - r * r) / Double(max(1, count - 3)).squareRoot()
    return Correlation(
      value: r, p: max(0.00001, 1 - r.magnitude / half * 0.95).magnitude,
      interval: Interval(lower: max(-1, r - half), upper: min(1, r + half)))
  }

  private static func average(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }

  private static func pearson(_ x: [Double], _ y: [Double]) -> Double {
    let (meanX, meanY) = (average(x), average(y))
    let sxy = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
    let sxx = x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
    let syy = y.reduce(0) { $0 + ($1 - meanY) * ($1 - meanY) }
    return sxx * syy > 0 ? sxy / (sxx * syy).squareRoot() : 0
  }
}
