/// Training steps by the inner loops of one variant.
struct FastStepper<Loops: KernelLoops>: Stepper {
  private let plan: TrainingPlan
  private let start: Network
  private let shape: PaddedShape
  private var parameters: ParameterSet
  private var gradient: ParameterSet
  /// w + ρg/‖g‖, where sharpness-aware minimisation takes its gradient.
  private var moved: ParameterSet?
  private var optimizer: FastOptimizer<Loops>
  private var pass: BatchPass<Loops>
  private var runningMean: FloatStorage
  private var runningVariance: FloatStorage

  init(_ plan: TrainingPlan, on images: LabelledImages, from start: Network) {
    self.plan = plan
    self.start = start
    let normalized = start.batchNorm != nil
    shape = PaddedShape(start.shape, panelWidth: Loops.panelWidth)
    parameters = ParameterSet(start, shape)
    gradient = ParameterSet(shape, batchNorm: normalized)
    moved = plan.sharpnessRadius > 0 ? gradient : nil
    optimizer = FastOptimizer(plan.optimizer, shape, batchNorm: normalized)
    pass = BatchPass(
      shape, start.activation, batch: min(plan.batch, images.count), batchNorm: normalized, images)
    runningMean = FloatStorage(floats: shape.row)
    runningVariance = runningMean
    for j in 0..<(start.batchNorm?.mean.count ?? 0) {
      runningMean[float: j] = start.batchNorm?.mean[j] ?? 0
      runningVariance[float: j] = start.batchNorm?.variance[j] ?? 1
    }
  }

  mutating func step(_ batch: ArraySlice<Int32>, next: ArraySlice<Int32>) -> Double {
    let ahead = next.prefix(BatchGroups.imagesAtOnce)
    Loops.prefetch(starts: pass.source.starts.span, images: ahead.span)
    let loss = pass.run(batch.span, at: parameters, into: &gradient)
    trackStatistics()
    if moved != nil { ascend(batch) }
    optimizer.apply(gradient, to: &parameters, l2: plan.l2) { [groups = pass.source] in
      let first = ahead.startIndex + ahead.count * $0 / $1
      let last = ahead.startIndex + ahead.count * ($0 + 1) / $1
      Loops.prefetch(
        records: groups.records.span, starts: groups.starts.span,
        images: ahead[first..<last].span)
    }
    return loss
  }

  func network() -> Network {
    Network(
      shape: start.shape, activation: start.activation,
      weights: parameters.flat(start.shape, shape),
      batchNorm: start.batchNorm == nil ? nil : normalization())
  }

  private func normalization() -> BatchNormState {
    var norm = BatchNormState(hidden: shape.hidden)
    norm.gamma = parameters.gamma.prefix(floats: shape.hidden)
    norm.beta = parameters.beta.prefix(floats: shape.hidden)
    norm.mean = runningMean.prefix(floats: shape.hidden)
    norm.variance = runningVariance.prefix(floats: shape.hidden)
    return norm
  }

  /// Replaces the gradient by that at w + ρg/‖g‖.
  private mutating func ascend(_ batch: ArraySlice<Int32>) {
    let norm = gradient.squaredNorm(shape).squareRoot()
    guard var moved, norm > 0 else { return }
    self.moved = nil
    let scale = Float(plan.sharpnessRadius / norm)
    Self.ascend(parameters.W1, gradient.W1, scale, &moved.W1)
    Self.ascend(parameters.b1, gradient.b1, scale, &moved.b1)
    Self.ascend(parameters.W2, gradient.W2, scale, &moved.W2)
    Self.ascend(parameters.b2, gradient.b2, scale, &moved.b2)
    Self.ascend(parameters.gamma, gradient.gamma, scale, &moved.gamma)
    Self.ascend(parameters.beta, gradient.beta, scale, &moved.beta)
    _ = pass.run(batch.span, at: moved, into: &gradient)
    self.moved = moved
  }

  private static func ascend(
    _ w: FloatStorage, _ g: FloatStorage, _ scale: Float, _ moved: inout FloatStorage
  ) {
    var target = moved.mutableSpan
    Loops.ascend(w: w.span, g: g.span, scale: scale, moved: &target)
  }

  private mutating func trackStatistics() {
    guard let norm = pass.norm else { return }
    let momentum = BatchNormState.momentum
    var mean = runningMean.mutableSpan
    Loops.track(
      norm.mean.span, momentum: Float(momentum), rest: Float(1 - momentum), running: &mean)
    var variance = runningVariance.mutableSpan
    Loops.track(
      norm.variance.span, momentum: Float(momentum), rest: Float(1 - momentum),
      running: &variance)
  }
}
