import ComputeKernel
import ReproducibleMath
import Testing

/// What must hold for the measures of any network, whatever code computes them.
@Suite struct MeasurePropertyTests {
  /// Rounding of one image's part: f64 in the plain code, f32 in the fast.
  private static func tolerance(_ kernel: Implementation) -> Double {
    kernel == .reference ? 1e-12 : 1e-5
  }

  private func expect(
    _ value: Double, _ expected: Double, within tolerance: Double = 1e-5,
    location: SourceLocation = #_sourceLocation
  ) {
    #expect(
      abs(value - expected) <= tolerance * abs(expected), "\(value), not \(expected)",
      sourceLocation: location)
  }

  private func expectSame(_ after: ClosedForms, _ before: ClosedForms, within tolerance: Double) {
    expect(after.loss, before.loss, within: tolerance)
    expect(after.traceW1, before.traceW1, within: tolerance)
    expect(after.traceW2, before.traceW2, within: tolerance)
    expect(after.relTrace, before.relTrace, within: tolerance)
    expect(after.relFlat, before.relFlat, within: tolerance)
    expect(after.gradVar, before.gradVar, within: tolerance)
  }

  @Test(arguments: Implementation.available)
  func doublingTheDataChangesNothing(_ kernel: Implementation) throws {
    let images = try #require(MNISTFixture.firstThousand)
    let twice = LabelledImages(
      pixels: images.pixels + images.pixels, labels: images.labels + images.labels)
    let once = Measures(.o1, on: images, kernel: kernel)
    let doubled = Measures(.o1, on: twice, kernel: kernel)
    let tolerance = Self.tolerance(kernel)
    expectSame(doubled.closedForms, once.closedForms, within: tolerance)
    let ascent = Measures.Ascent.plain(radius: 0.05)
    expect(doubled.sharpness(ascent), once.sharpness(ascent), within: max(tolerance, 1e-9))
    expect(
      doubled.lambdaMax(seed: 1, model: 0), once.lambdaMax(seed: 1, model: 0),
      within: max(tolerance, 1e-9))
    #expect(doubled.margins == once.margins + once.margins)
  }

  /// W1 and b1 times α, W2 divided by α: the same function, another trace.
  @Test(arguments: Implementation.available, [0.25, 4, 10])
  func rescaling(_ kernel: Implementation, _ α: Double) throws {
    let images = try #require(MNISTFixture.firstThousand)
    var scaled = Network.o1
    for k in [scaled.shape.W1, scaled.shape.b1].joined() { scaled.weights[k] *= Float(α) }
    for k in scaled.shape.W2 { scaled.weights[k] /= Float(α) }
    let before = Measures(.o1, on: images, kernel: kernel).closedForms
    let after = Measures(scaled, on: images, kernel: kernel).closedForms
    expect(after.loss, before.loss)
    expect(after.relTrace, before.relTrace)
    expect(after.relFlat, before.relFlat)
    expect(WeightNorms(scaled).path, WeightNorms(.o1).path)
    #expect(abs(after.trace / before.trace - 1) > 0.1)
  }

  @Test(arguments: Implementation.available)
  func orderOfHiddenUnitsDoesNotMatter(_ kernel: Implementation) throws {
    let images = try #require(MNISTFixture.firstThousand)
    var turned = Network.o1
    let shape = turned.shape
    for j in 0..<shape.hidden {
      let from = shape.hidden - 1 - j
      for i in 0..<shape.inputs {
        turned.weights[i * shape.hidden + j] = Network.o1.weights[i * shape.hidden + from]
      }
      turned.weights[shape.b1.lowerBound + j] = Network.o1.weights[shape.b1.lowerBound + from]
      for c in 0..<shape.classes {
        turned.weights[shape.W2.lowerBound + j * shape.classes + c] =
          Network.o1.weights[shape.W2.lowerBound + from * shape.classes + c]
      }
    }
    expectSame(
      Measures(turned, on: images, kernel: kernel).closedForms,
      Measures(.o1, on: images, kernel: kernel).closedForms, within: Self.tolerance(kernel))
    expect(WeightNorms(turned).path, WeightNorms(.o1).path, within: 1e-12)
    expect(WeightNorms(turned).spectralW1, WeightNorms(.o1).spectralW1, within: 1e-9)
  }

  /// A batch-norm layer and the same function without it have the same measures.
  @Test(arguments: Implementation.available)
  func foldingChangesNothing(_ kernel: Implementation) throws {
    let images = smallImages(count: 60)
    var network = smallNetwork(images, hidden: 9)
    var norm = BatchNormState(hidden: 9)
    for j in 0..<9 {
      norm.gamma[j] = 0.5 + 0.125 * Float(j)
      norm.beta[j] = 0.25 - 0.0625 * Float(j)
      norm.mean[j] = 0.125 * Float(j % 3)
      norm.variance[j] = 0.75 + 0.25 * Float(j % 2)
    }
    network.batchNorm = norm
    let folded = network.folded()
    #expect(folded.weights != network.weights)
    let before = Measures(network, on: images, kernel: kernel)
    let after = Measures(folded, on: images, kernel: kernel)
    #expect(before.closedForms == after.closedForms)
    #expect(before.gradient == after.gradient)
    #expect(before.margins == after.margins)
    #expect(WeightNorms(network) == WeightNorms(folded))
  }

  @Test(arguments: Implementation.available)
  func noStepIsExactlyNoRise(_ kernel: Implementation) throws {
    let images = try #require(MNISTFixture.first(300))
    let measures = Measures(.o1, on: images, threads: 2, kernel: kernel)
    for block in [nil, 128] {
      #expect(
        measures.sharpness([.plain(radius: 0), .adaptive(radius: 0)], block: block) == [0, 0])
    }
  }

  /// H·v of a smooth network against the difference of two gradients.
  @Test(arguments: Implementation.available, [Activation.tanh, .sigmoid])
  func hessianEqualsDifferences(_ kernel: Implementation, _ activation: Activation) {
    let images = smallImages(count: 24, pixels: 12, classes: 4)
    let network = smallNetwork(images, hidden: 5, activation: activation)
    let v = network.weights.indices.map { Elementary.sin(Double($0) + 0.5) }
    let h: Float = 1e-3
    func gradient(_ sign: Float) -> [Double] {
      var moved = network
      for k in v.indices { moved.weights[k] += sign * h * Float(v[k]) }
      return Measures(moved, on: images, kernel: kernel).gradient
    }
    let difference = zip(gradient(1), gradient(-1)).map { ($0 - $1) / Double(2 * h) }
    let exact = Measures(network, on: images, kernel: kernel).hessian(times: v)
    for (exact, difference) in zip(exact, difference) {
      #expect(abs(exact - difference) <= 2e-4)
    }
  }

  @Test(arguments: Implementation.available)
  func weightsThatAreNoNumbersAreReported(_ kernel: Implementation) {
    let images = smallImages(count: 40)
    for (place, value) in [(0, Float.nan), (3, .infinity)] {
      var network = smallNetwork(images, hidden: 6)
      network.weights[place] = value
      let measures = Measures(network, on: images, kernel: kernel)
      let forms = measures.closedForms
      for value in [
        measures.loss, forms.trace, forms.relTrace, forms.relFlat, forms.gradVar,
        measures.lambdaMax(seed: 1, model: 0), measures.sharpness(.plain(radius: 0.05)),
        measures.sharpness(.adaptive(radius: 0.05), block: 7), measures.margins[5],
        measures.gradient[0], measures.hutchinson(probes: 2, seed: 1, model: 0).trace,
      ] { #expect(value.isNaN) }
    }
  }

  /// Arithmetic that overflows gives no finite number that looks like a measure.
  @Test(arguments: Implementation.fast)
  func overflowIsReported(_ kernel: Implementation) {
    let images = smallImages(count: 40)
    var network = smallNetwork(images, hidden: 6)
    for k in network.shape.W1 { network.weights[k] *= 1e30 }
    for k in network.shape.W2 { network.weights[k] *= 1e30 }
    let measures = Measures(network, on: images, kernel: kernel)
    #expect(!measures.loss.isFinite)
    #expect(!measures.closedForms.trace.isFinite)
    #expect(!measures.closedForms.gradVar.isFinite)
    #expect(!measures.lambdaMax(seed: 1, model: 0).isFinite)
    #expect(!measures.sharpness(.plain(radius: 0.05)).isFinite)
  }
}
