/// The loss surface by the inner loops of one variant.
///
/// Points are rounded to f32; sums are f32 within a batch and f64 beyond.
struct FastSurface<Loops: KernelLoops>: LossSurface {
  private let flat: Shape
  private let shape: PaddedShape
  private let activation: Activation
  private let images: LabelledImages

  init(_ shape: Shape, _ activation: Activation, _ images: LabelledImages) {
    flat = shape
    self.shape = PaddedShape(shape, panelWidth: Loops.panelWidth)
    self.activation = activation
    self.images = images
  }

  func loss(at w: [Double], over range: Range<Int>, threads: Int) -> Double {
    let parameters = parameters(w)
    let sum = self.sum(range, threads, from: 0.0) { work, block in
      var sum = 0.0
      visit(block, &work) { work, batch in sum += work.forward(batch, at: parameters) }
      return sum
    } adding: {
      $0 += $1
    }
    return sum / Double(range.count)
  }

  func gradient(
    at w: [Double], over range: Range<Int>, threads: Int
  ) -> (loss: Double, gradient: [Double]) {
    let parameters = parameters(w)
    let zero = (loss: 0.0, sums: ParameterSums(shape))
    let total = sum(range, threads, from: zero) { work, block in
      var total = zero
      visit(block, &work) { work, batch in
        total.loss += work.forward(batch, at: parameters)
        work.addGradient(batch, at: parameters, to: &total.sums)
      }
      return total
    } adding: { total, part in
      total.loss += part.loss
      total.sums.add(part.sums)
    }
    return (total.loss / Double(range.count), total.sums.means(range.count, flat, shape))
  }

  func hessian(at w: [Double], times v: [Double], threads: Int) -> [Double] {
    let parameters = parameters(w)
    let direction = self.parameters(v)
    let zero = ParameterSums(shape)
    let total = sum(0..<images.count, threads, from: zero) { work, block in
      var sums = zero
      visit(block, &work) { work, batch in
        _ = work.forward(batch, at: parameters)
        work.addCurvature(batch, at: parameters, along: direction, to: &sums)
      }
      return sums
    } adding: {
      $0.add($1)
    }
    return total.means(images.count, flat, shape)
  }

  func closedForms(at w: [Double], threads: Int) -> ClosedForms {
    let parameters = parameters(w)
    let squares = self.parameters(w.map { $0 * $0 })
    let zero = [SIMD16<Double>](repeating: SIMD16(), count: 6)
    let total = sum(0..<images.count, threads, from: zero) { work, block in
      var sums = zero
      visit(block, &work) { work, batch in
        _ = work.forward(batch, at: parameters)
        work.addClosedForms(batch, at: parameters, squares: squares, to: &sums)
      }
      return sums
    } adding: { total, part in
      for k in total.indices { total[k] += part[k] }
    }
    return ClosedForms(
      means: total.map { lanes in
        (0..<16).reduce(0) { $0 + lanes[$1] } / Double(images.count)
      })
  }

  func margins(at w: [Double], threads: Int) -> [Double] {
    let parameters = parameters(w)
    return sum(0..<images.count, threads, from: []) { work, block in
      var margins: [Double] = []
      visit(block, &work) { work, batch in
        _ = work.forward(batch, at: parameters)
        margins += work.margins(batch, at: parameters)
      }
      return margins
    } adding: {
      $0 += $1
    }
  }

  private func parameters(_ values: [Double]) -> ParameterSet {
    var weights = [Float](repeating: 0, count: values.count)
    var target = weights.mutableSpan
    let source = values.span
    for k in 0..<target.count { target[k] = Float(source[k]) }
    return ParameterSet(Network(shape: flat, activation: activation, weights: weights), shape)
  }

  private func sum<Sum: Sendable>(
    _ range: Range<Int>, _ threads: Int, from zero: Sum,
    of block: @Sendable (inout SurfaceBatch<Loops>, Range<Int>) -> Sum,
    adding add: @Sendable (inout Sum, Sum) -> Void
  ) -> Sum {
    BlockSums.sum(
      range, threads: threads, from: zero, work: { SurfaceBatch(shape, activation, images) },
      of: block, adding: add)
  }

  /// Walks through a block batch by batch.
  private func visit(
    _ block: Range<Int>, _ work: inout SurfaceBatch<Loops>,
    _ body: (inout SurfaceBatch<Loops>, Span<Int32>) -> Void
  ) {
    let numbers = block.map { Int32($0) }
    for first in stride(from: 0, to: numbers.count, by: SurfaceBatch<Loops>.size) {
      let last = min(first + SurfaceBatch<Loops>.size, numbers.count)
      body(&work, numbers.span.extracting(first..<last))
    }
  }
}
