import Findings
import Statistics

/// How S and G go together, in all the ways that a report shows.
struct RelationSummary: Sendable {
  let study: Study
  let resamples: Resamples

  /// Steps of the grid on which the line's band is given.
  private static let gridSteps = 100
  /// Up to this number of models without ties, Kendall's p is exact.
  private static let exactKendall = 60

  private var x: [Double] { study.sharpness }
  private var y: [Double] { study.gap }
  private var coverage: Double { 1 - study.settings.alpha }

  /// Nil for fewer than four models or where S or G does not vary.
  func relation(cores: Int) async throws -> Relation? {
    let (x, y) = (x, y)
    guard x.count >= StudyAnalysis.fewestModels,
      let pearson = Correlation(.pearson, x, y, coverage: coverage),
      let spearman = Correlation(.spearman, x, y, coverage: coverage),
      let kendall = kendall(x, y), let line = line(x, y), let slope = TheilSen.slope(x, y)
    else { return nil }
    let p =
      switch study.settings.primary {
      case .pearson: pearson.p
      case .spearman: spearman.p
      case .kendall: kendall.p
      }
    guard let primary = try await primary(p: p, cores: cores) else { return nil }
    return Relation(
      primary: primary, pearson: pearson, spearman: spearman, kendall: kendall,
      partialGivenTrainLoss: partial(x, y), line: line, theilSenSlope: slope)
  }

  private func primary(p: Double, cores: Int) async throws -> PrimaryCorrelation? {
    let values = resamples.replicates.compactMap(\.correlation)
    guard let value = resamples.kind.value(x, y), !values.isEmpty else { return nil }
    let bootstrap = BootstrapInterval(replicates: values)
    let bca = bootstrap.bca(
      estimate: value, acceleration: Jackknife.acceleration(resamples.jackknife),
      coverage: coverage)
    return PrimaryCorrelation(
      kind: study.settings.primary, value: value, p: p,
      holmP: MultipleTests.holm([decisiveP(value, p)])[0],
      percentile: Interval(bootstrap.percentile(coverage: coverage)), bca: Interval(bca),
      permutationP: try await permutationP(cores: cores))
  }

  /// Models of one configuration are no independent points: where there are several, t has as many
  /// degrees of freedom as they leave.
  private func decisiveP(_ value: Double, _ p: Double) -> Double {
    let configurations = study.configurations.count
    guard configurations >= Study.fewestConfigurations else { return p }
    let r = Attenuation.pearsonScale(value, resamples.kind)
    return max(p, Pearson.p(r, degreesOfFreedom: configurations - 2))
  }

  private func permutationP(cores: Int) async throws -> Double {
    let several = study.configurations.count > 1
    let test = PermutationTest(
      resamples.kind, x, y, strata: several ? study.configurations : nil,
      seed: study.configuration.seed)
    let count = study.settings.permutations
    let exceedances = try await Pieces.map(count, cores: cores) { [test.exceedances($0)] }
    return PermutationTest.p(exceedances: exceedances.reduce(0, +), replicates: count)
  }

  private func kendall(_ x: [Double], _ y: [Double]) -> KendallCorrelation? {
    let kendall = Kendall(x, y)
    guard let value = kendall.tauB else { return nil }
    let isExact =
      x.count <= Self.exactKendall && kendall.tiedX == 0 && kendall.tiedY == 0
    return KendallCorrelation(
      value: value, p: isExact ? kendall.exactP() : kendall.asymptoticP(x, y), isExact: isExact)
  }

  private func partial(_ x: [Double], _ y: [Double]) -> Findings.PartialCorrelation? {
    let several = study.configurations.count > 1
    let partial =
      several
      ? Statistics.PartialCorrelation.onRanks(x, y, given: study.trainLoss)
      : Statistics.PartialCorrelation.linear(x, y, given: study.trainLoss)
    guard let partial, partial.t.isFinite else { return nil }
    return Findings.PartialCorrelation(
      method: several ? .cubicOnRanks : .linear, value: partial.r, t: partial.t,
      degreesOfFreedom: partial.degreesOfFreedom, p: partial.p)
  }

  private func line(_ x: [Double], _ y: [Double]) -> FittedLine? {
    guard let fit = LinearFit(x, y), let low = x.min(), let high = x.max() else { return nil }
    let grid = (0...Self.gridSteps).map {
      low + (high - low) * (Double($0) / Double(Self.gridSteps))
    }
    let band = zip(grid, fit.band(at: grid, coverage: coverage)).map { x, range in
      BandPoint(x: x, y: fit.value(at: x), lower: range.lowerBound, upper: range.upperBound)
    }
    return FittedLine(
      slope: fit.slope, intercept: fit.intercept, slopeError: fit.slopeError,
      residualDeviation: fit.residualDeviation, band: band)
  }
}
