/// Training steps in plain code: gradients summed in f64, parameters kept in f32.
package struct ReferenceStepper: Stepper {
  private let plan: TrainingPlan
  private let images: LabelledImages
  private let start: Network
  /// W1, b1, W2, b2 and, with batch normalisation, γ and β.
  private var parameters: [Float]
  private var runningMean: [Float]
  private var runningVariance: [Float]
  private var optimizer: ReferenceOptimizer

  package init(_ plan: TrainingPlan, on images: LabelledImages, from start: Network) {
    self.plan = plan
    self.images = images
    self.start = start
    parameters = start.weights + (start.batchNorm.map { $0.gamma + $0.beta } ?? [])
    runningMean = start.batchNorm?.mean ?? []
    runningVariance = start.batchNorm?.variance ?? []
    optimizer = ReferenceOptimizer(plan.optimizer, count: parameters.count)
  }

  package mutating func step(
    _ batch: ArraySlice<Int32>, next: ArraySlice<Int32>
  ) -> Double {
    let pass = gradient(at: parameters, batch)
    updateRunningStatistics(pass)
    var direction = pass.gradient
    if plan.sharpnessRadius > 0 {
      let moved = Self.ascend(from: parameters, along: direction, by: plan.sharpnessRadius)
      direction = gradient(at: moved, batch).gradient
    }
    if plan.l2 != 0 {
      for k in [start.shape.W1, start.shape.W2].joined() {
        direction[k] += Float(2 * plan.l2) * parameters[k]
      }
    }
    optimizer.apply(direction, to: &parameters)
    return pass.lossSum
  }

  package func network() -> Network {
    let shape = start.shape
    var norm = start.batchNorm
    let tail = parameters[shape.parameterCount...]
    norm?.gamma = Array(tail.prefix(shape.hidden))
    norm?.beta = Array(tail.suffix(shape.hidden))
    norm?.mean = runningMean
    norm?.variance = runningVariance
    return Network(
      shape: shape, activation: start.activation,
      weights: Array(parameters[..<shape.parameterCount]), batchNorm: norm)
  }

  /// The batch's loss and its mean gradient at other parameters than the current ones.
  package func gradient(at parameters: [Float], _ batch: ArraySlice<Int32>) -> ReferencePass {
    ReferencePass(
      start.shape, start.activation, parameters, batchNorm: start.batchNorm != nil, images, batch)
  }

  /// w + ρg/‖g‖, the norm in f64.
  static func ascend(from w: [Float], along g: [Float], by radius: Double) -> [Float] {
    let norm = g.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    guard norm > 0 else { return w }
    let scale = Float(radius / norm)
    return zip(w, g).map { $0 + scale * $1 }
  }

  private mutating func updateRunningStatistics(_ pass: ReferencePass) {
    let keep = Float(BatchNormState.momentum)
    let take = Float(1 - BatchNormState.momentum)
    for j in runningMean.indices {
      runningMean[j] = keep * runningMean[j] + take * pass.batchMean[j]
      runningVariance[j] = keep * runningVariance[j] + take * pass.batchVariance[j]
    }
  }
}
