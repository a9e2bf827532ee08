import Findings
import Statistics

/// The bootstrap of a study: the primary correlation and both reliabilities in every resample.
struct Resamples: Sendable {
  var kind: CorrelationKind
  var replicates: [CorrectedBootstrap.Replicate]
  /// The primary correlation without one unit at a time.
  var jackknife: [Double]

  static func drawn(_ study: Study, noise: NoiseModel?, cores: Int) async throws -> Resamples {
    let kind = study.settings.primary.kind
    guard study.models.count >= StudyAnalysis.fewestModels else {
      return Resamples(kind: kind, replicates: [], jackknife: [])
    }
    let bootstrap = CorrectedBootstrap(
      kind, study.sharpness, study.gap, noise: noise,
      resampler: Resampler(units: study.units, seed: study.configuration.seed))
    let replicates = try await Pieces.map(study.settings.bootstrap, cores: cores) {
      bootstrap.replicates($0)
    }
    return Resamples(kind: kind, replicates: replicates, jackknife: bootstrap.jackknife())
  }

  /// The percentile interval of a value that is undefined in some resamples; nil where it is in all.
  func percentile(
    coverage: Double, _ value: (CorrectedBootstrap.Replicate) -> Double?
  ) -> ClosedRange<Double>? {
    let values = replicates.compactMap(value)
    guard !values.isEmpty else { return nil }
    return BootstrapInterval(replicates: values).percentile(coverage: coverage)
  }
}

extension AnalysisSettings.Primary {
  var kind: CorrelationKind {
    switch self {
    case .pearson: .pearson
    case .spearman: .spearman
    case .kendall: .kendall
    }
  }
}
