import Findings
import StageInterface
import Statistics

/// Reads the inputs of the stage and checks that they belong together.
struct StudyReader {
  var settings: AnalysisSettings

  func read(_ context: StageContext) throws -> Study {
    let models = try context.collected("models").map { try ModelReader(branch: $0).read() }
      .sorted { $0.metrics.model < $1.metrics.model }
    let table = try DrawTable(context.collected("perturbations"), sigma: settings.sigma)
    try check(models, table)
    let numbers = models.map(\.metrics.model)
    let summary = ConfigurationSummary(metadata: models.map(\.metadata))
    let configurations = summary.configurations
    let measured = try models.map { try self.measured($0, table) }
    return Study(
      settings: settings,
      configuration: StudyConfiguration(
        seed: try summary.seed(), models: models.count,
        trainImages: summary.common["data.train"].flatMap { Int($0) },
        evaluationImages: models[0].exampleLosses.count, weightCount: models[0].weightCount,
        training: summary.training, varied: summary.varied, dataDigests: summary.dataDigests,
        perturbation: try table.settings(numbers), analysis: settings,
        configurations: configurations.count > 1 ? configurations.count : nil),
      models: measured, configurations: configurations,
      exampleLosses: try exampleLosses(models, summary))
  }

  /// The losses with each image in its place, since models may have been evaluated on different ones.
  private func exampleLosses(
    _ models: [ModelReader.Model], _ summary: ConfigurationSummary
  ) throws(AnalyzeError) -> ExampleLosses {
    let names = summary.varied.map(\.name).filter { $0.hasPrefix("data.") }
    for model in models
    where model.images == nil && model.metadata["data.evaluate"] == "pool" && !names.isEmpty {
      throw .unknownImages(model: model.metrics.model, varied: names)
    }
    let losses = models.map(\.exampleLosses)
    let images = models.map(\.images)
    guard images.contains(where: { $0 != images[0] }) else { return ExampleLosses(losses) }
    let numbers = zip(images, losses).map { images, losses in
      images ?? losses.indices.map { Int64($0) }
    }
    return ExampleLosses(losses, numbers: numbers)
  }

  private func measured(_ model: ModelReader.Model, _ table: DrawTable) throws -> MeasuredModel {
    let number = model.metrics.model
    let rows = table.rows[number] ?? []
    return MeasuredModel(
      metrics: model.metrics, metadata: model.metadata, weightCount: model.weightCount,
      rows: rows,
      draws: try DrawStatistic.values(rows, settings.statistic),
      weightsDigest: model.weightsDigest,
      perturbationDigest: (table.digests[number] ?? []).joined(separator: " "))
  }

  private func check(_ models: [ModelReader.Model], _ table: DrawTable) throws(AnalyzeError) {
    guard let first = models.first else { throw .noModels }
    for (model, next) in zip(models, models.dropFirst())
    where model.metrics.model == next.metrics.model {
      throw .repeatedModel(model.metrics.model)
    }
    let expected = (table.rows[first.metrics.model] ?? []).map(\.place)
    for model in models {
      let number = model.metrics.model
      guard let rows = table.rows[number] else { throw .noPerturbations(model: number) }
      guard rows.map(\.place) == expected else {
        throw .differentDraws(model: number, found: rows.count, expected: expected.count)
      }
      try checkBaseline(model.metrics, rows)
      guard model.exampleLosses.count == first.exampleLosses.count else {
        throw .differentExampleCounts(
          model: number, found: model.exampleLosses.count, expected: first.exampleLosses.count)
      }
    }
    let known = Set(models.map(\.metrics.model))
    if let stranger = table.rows.keys.sorted().first(where: { !known.contains($0) }) {
      throw .perturbationWithoutModel(stranger)
    }
  }

  /// Another network's perturbations may bear the same model number; its loss gives it away.
  ///
  /// The tolerance leaves room for tables of other programs, which round otherwise.
  private func checkBaseline(
    _ metrics: ModelMetrics, _ rows: [DrawRow]
  ) throws(AnalyzeError) {
    for row in rows {
      let isOnTraining = row.others["on"] ?? "train" == "train"
      let loss = isOnTraining ? metrics.trainLoss : metrics.testLoss
      guard (row.baseline - loss).magnitude <= 1e-6 * max(1, loss.magnitude) else {
        throw .otherBaseline(
          model: metrics.model, baseline: row.baseline,
          quantity: isOnTraining ? "training loss" : "test loss", loss: loss)
      }
    }
  }
}
