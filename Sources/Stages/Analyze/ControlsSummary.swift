import Findings
import ReproducibleMath
import Statistics

/// Correlations that must be absent, must be present, or explain others.
struct ControlsSummary {
  let study: Study
  let halves: GapHalves

  var controls: Controls {
    let random = ResamplingUse.control.sequence(seed: study.configuration.seed, replicate: 0)
    let numbers = random.uniforms(count: study.models.count)
    let points = study.models.indices.prefix(halves.first.count).map { index in
      Controls.HalfGap(
        model: study.models[index].metrics.model, first: halves.first[index],
        second: halves.second[index])
    }
    return Controls(
      randomNumber: correlation(numbers, study.gap),
      halfGaps: correlation(halves.first, halves.second), halfGapPoints: points,
      sharpnessAndTrainLoss: correlation(study.sharpness, study.trainLoss),
      gapAndTrainLoss: correlation(study.gap, study.trainLoss),
      sharpnessAndTestLoss: correlation(study.sharpness, study.models.map(\.metrics.testLoss)),
      sharpnessAndErrorGap: correlation(study.sharpness, study.models.map(\.metrics.errorGap)))
  }

  private func correlation(_ x: [Double], _ y: [Double]) -> Correlation? {
    Correlation(.pearson, x, y, coverage: 1 - study.settings.alpha)
  }
}
