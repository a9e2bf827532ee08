/// An optimiser's memory, and its step by the inner loops.
struct FastOptimizer<Loops: KernelLoops> {
  private let rule: Optimizer
  private var first: ParameterSet
  private var second: ParameterSet
  private var powers = (beta1: 1.0, beta2: 1.0)
  private static var slices: Int { 16 }

  init(_ rule: Optimizer, _ shape: PaddedShape, batchNorm: Bool) {
    self.rule = rule
    first = ParameterSet(shape, batchNorm: batchNorm)
    second = first
  }

  /// One step.
  ///
  /// - Parameters:
  ///   - g: the gradient.
  ///   - w: the parameters.
  ///   - l2: λ of λ‖W‖², whose gradient is 2λW.
  ///   - between: called between slices of the work, which leaves time to ask for memory: with which
  ///     slice comes next, of how many.
  mutating func apply(
    _ g: borrowing ParameterSet, to w: inout ParameterSet, l2: Double,
    between: (_ slice: Int, _ slices: Int) -> Void
  ) {
    if case .adam(_, let beta1, let beta2, _) = rule {
      powers.beta1 *= beta1
      powers.beta2 *= beta2
    }
    let step = TensorStep<Loops>(rule: rule, powers: powers)
    let decay = Float(2 * l2)
    for slice in 0..<Self.slices {
      between(slice, Self.slices)
      let count = w.W1.count
      let range = count * slice / Self.slices..<count * (slice + 1) / Self.slices
      step.apply(&w.W1, g.W1, &first.W1, &second.W1, decay, in: range)
    }
    step.apply(&w.b1, g.b1, &first.b1, &second.b1, 0)
    step.apply(&w.W2, g.W2, &first.W2, &second.W2, decay)
    step.apply(&w.b2, g.b2, &first.b2, &second.b2, 0)
    guard !w.gamma.isEmpty else { return }
    step.apply(&w.gamma, g.gamma, &first.gamma, &second.gamma, 0)
    step.apply(&w.beta, g.beta, &first.beta, &second.beta, 0)
  }
}

/// One tensor's part of a step.
///
/// It knows the rule but not the optimiser's memory: a method of the optimiser would hold that memory
/// while it changes, and the arrays would be copied in every step.
private struct TensorStep<Loops: KernelLoops> {
  let rule: Optimizer
  let powers: (beta1: Double, beta2: Double)

  func apply(
    _ w: inout FloatStorage, _ g: FloatStorage, _ first: inout FloatStorage,
    _ second: inout FloatStorage, _ decay: Float
  ) {
    apply(&w, g, &first, &second, decay, in: 0..<w.count)
  }

  /// The part of the tensor with these sixteens.
  func apply(
    _ w: inout FloatStorage, _ g: FloatStorage, _ first: inout FloatStorage,
    _ second: inout FloatStorage, _ decay: Float, in range: Range<Int>
  ) {
    var allW = w.mutableSpan
    var allFirst = first.mutableSpan
    var allSecond = second.mutableSpan
    var w = allW._mutatingExtracting(range)
    var first = allFirst._mutatingExtracting(range)
    var second = allSecond._mutatingExtracting(range)
    let g = g.span.extracting(range)
    switch rule {
    case .sgd(let eta):
      Loops.sgdStep(w: &w, g: g, rate: Float(eta), decay: decay)
    case .momentum(let eta, let mu):
      Loops.momentumStep(
        w: &w, g: g, v: &first, rate: Float(eta), momentum: Float(mu), ahead: false,
        decay: decay)
    case .nesterov(let eta, let mu):
      Loops.momentumStep(
        w: &w, g: g, v: &first, rate: Float(eta), momentum: Float(mu), ahead: true,
        decay: decay)
    case .rmsprop(let eta, let rho, let epsilon):
      Loops.rmspropStep(
        w: &w, g: g, s: &second, rate: Float(eta), rho: Float(rho), rest: Float(1 - rho),
        epsilon: Float(epsilon), decay: decay)
    case .adam(let eta, let beta1, let beta2, let epsilon):
      let rate = eta * (1 - powers.beta2).squareRoot() / (1 - powers.beta1)
      Loops.adamStep(
        w: &w, g: g, m: &first, v: &second, rate: Float(rate), beta1: Float(beta1),
        rest1: Float(1 - beta1), beta2: Float(beta2), rest2: Float(1 - beta2),
        epsilon: Float(epsilon), decay: decay)
    }
  }
}
