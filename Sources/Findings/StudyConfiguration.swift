/// What was trained, perturbed and asked for, as the weights' metadata and the tables state it.
package struct StudyConfiguration: Codable, Sendable, Equatable {
  /// The Philox key of the whole experiment.
  package var seed: UInt64
  /// Number of models, N.
  package var models: Int
  /// Images each model was trained on; nil where the metadata does not say.
  package var trainImages: Int?
  /// Images each model was evaluated on.
  package var evaluationImages: Int
  /// Trainable numbers in one model.
  package var weightCount: Int
  /// Metadata that all models share, except ``dataDigests``, sorted by name (`activation`: `relu`, …).
  package var training: [Setting]
  /// Metadata that differ between models (`model` apart), with each distinct value, sorted by name.
  package var varied: [VariedSetting]
  /// Number of configurations, nil for one; models that differ in ``varied`` by luck share theirs.
  package var configurations: Int?
  /// Digests (SHA-256, 64 hexadecimal digits) of the data, sorted by name: `testImages`, `testLabels`,
  /// `trainImages`, `trainLabels`.
  package var dataDigests: [Setting]
  /// What was done to the weights.
  package var perturbation: PerturbationSettings
  /// What the analysis was asked for.
  package var analysis: AnalysisSettings

  package init(
    seed: UInt64, models: Int, trainImages: Int?, evaluationImages: Int, weightCount: Int,
    training: [Setting], varied: [VariedSetting], dataDigests: [Setting],
    perturbation: PerturbationSettings, analysis: AnalysisSettings, configurations: Int? = nil
  ) {
    self.seed = seed
    self.models = models
    self.trainImages = trainImages
    self.evaluationImages = evaluationImages
    self.weightCount = weightCount
    self.training = training
    self.varied = varied
    self.dataDigests = dataDigests
    self.perturbation = perturbation
    self.analysis = analysis
    self.configurations = configurations
  }

  /// The value of a setting that all models share, or nil.
  package func training(_ name: String) -> String? {
    training.first { $0.name == name }?.value
  }
}

/// A name and its value as text.
package struct Setting: Codable, Sendable, Equatable {
  package var name: String
  package var value: String

  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// A setting with more than one value in the study.
package struct VariedSetting: Codable, Sendable, Equatable {
  package var name: String
  /// The distinct values, sorted as text.
  package var values: [String]

  package init(name: String, values: [String]) {
    self.name = name
    self.values = values
  }
}
