import ComputeKernel
import ReproducibleMath
import Testing

/// The measures of network O1 that an independent program computed in f64.
@Suite struct MeasureTests {
  private let measures: Measures

  init() throws {
    measures = Measures(.o1, on: try #require(MNISTFixture.firstThousand), threads: 2)
  }

  private func expect(
    _ value: Double, _ expected: Double, within tolerance: Double = 1e-5,
    location: SourceLocation = #_sourceLocation
  ) {
    #expect(
      abs(value - expected) <= tolerance * abs(expected), "\(value)", sourceLocation: location)
  }

  @Test func closedForms() {
    let forms = measures.closedForms
    expect(forms.loss, 2.310795528088126)
    expect(forms.traceW1, 115.35924487844966)
    expect(forms.traceW2, 9.061957016609773)
    expect(forms.relTrace, 1.618044781818548)
    expect(forms.relFlat, 21.66068525072624)
    expect(forms.gradVar, 127.15082289872564)
  }

  @Test func gradientNorm() {
    let gradient = measures.gradient
    expect(gradient.reduce(0) { $0 + $1 * $1 }.squareRoot(), 1.3337975584520223)
  }

  @Test func hessianTimesVector() {
    let v = direction()
    let image = measures.hessian(times: v)
    expect(zip(v, image).reduce(0) { $0 + $1.0 * $1.1 }, 7.2424779845449585)
    expect(image.reduce(0) { $0 + $1 * $1 }.squareRoot(), 6.337383631380223)
    expect(measures.loss(0.01, along: v), 2.3135339756179913)
    expect(measures.loss(-0.01, along: v), 2.3081315688670645)
  }

  @Test func largestEigenvalue() {
    expect(measures.lambdaMax(seed: 1, model: 0), 20.38221955585872, within: 1e-3)
  }

  @Test func sharpness() {
    expect(measures.sharpness(.plain, radius: 0.05), 0.07407225325454192)
    #expect(measures.sharpness(.adaptive, radius: 0.05) > 0)
    let whole = measures.sharpness(.plain, radius: 0.05, block: 1000)
    #expect(whole == measures.sharpness(.plain, radius: 0.05))
    #expect(measures.sharpness(.plain, radius: 0.05, block: 128) > whole)
  }

  @Test func norms() {
    let norms = WeightNorms(.o1)
    expect(norms.path, 9.932800934866263)
    expect(norms.spectralW1, 6.427508603463408)
    #expect(norms.spectralW1 <= norms.W1 && norms.spectralW2 <= norms.W2)
  }

  @Test func hutchinsonEstimatesTheTrace() {
    let estimate = measures.hutchinson(probes: 20, seed: 3, model: 0)
    #expect(abs(estimate.trace - measures.closedForms.trace) <= 4 * estimate.standardError)
  }

  @Test func threadsDoNotShow() throws {
    let images = try #require(MNISTFixture.firstThousand)
    let twice = LabelledImages(
      pixels: images.pixels + images.pixels, labels: images.labels + images.labels)
    let one = Measures(.o1, on: twice, threads: 1)
    let three = Measures(.o1, on: twice, threads: 3)
    #expect(one.closedForms == three.closedForms)
    #expect(one.gradient == three.gradient)
  }

  @Test func doublingTheDataChangesNothing() throws {
    let images = try #require(MNISTFixture.firstThousand)
    let twice = LabelledImages(
      pixels: images.pixels + images.pixels, labels: images.labels + images.labels)
    let doubled = Measures(.o1, on: twice).closedForms
    expect(doubled.trace, measures.closedForms.trace, within: 1e-12)
    expect(doubled.relTrace, measures.closedForms.relTrace, within: 1e-12)
  }

  /// W1 and b1 times α, W2 divided by α: the same function, another trace.
  @Test(arguments: [0.25, 4, 10]) func rescaling(_ α: Double) throws {
    let images = try #require(MNISTFixture.firstThousand)
    var scaled = Network.o1
    for k in [scaled.shape.W1, scaled.shape.b1].joined() { scaled.weights[k] *= Float(α) }
    for k in scaled.shape.W2 { scaled.weights[k] /= Float(α) }
    let before = measures.closedForms
    let after = Measures(scaled, on: images).closedForms
    expect(after.loss, before.loss)
    expect(after.relTrace, before.relTrace)
    expect(after.relFlat, before.relFlat)
    expect(WeightNorms(scaled).path, WeightNorms(.o1).path)
    #expect(abs(after.trace / before.trace - 1) > 0.1)
  }

  @Test func orderOfHiddenUnitsDoesNotMatter() throws {
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
    let after = Measures(turned, on: images).closedForms
    let before = measures.closedForms
    expect(after.trace, before.trace, within: 1e-12)
    expect(after.relTrace, before.relTrace, within: 1e-12)
    expect(after.relFlat, before.relFlat, within: 1e-12)
    expect(after.gradVar, before.gradVar, within: 1e-12)
  }

  /// H·v of a smooth network against the difference of two gradients.
  @Test(arguments: [Activation.tanh, .sigmoid])
  func hessianEqualsDifferences(_ activation: Activation) {
    let images = smallImages(count: 24, pixels: 12, classes: 4)
    let network = smallNetwork(images, hidden: 5, activation: activation)
    let v = network.weights.indices.map { Elementary.sin(Double($0) + 0.5) }
    let h: Float = 1e-3
    func gradient(_ sign: Float) -> [Double] {
      var moved = network
      for k in v.indices { moved.weights[k] += sign * h * Float(v[k]) }
      return Measures(moved, on: images).gradient
    }
    let difference = zip(gradient(1), gradient(-1)).map { ($0 - $1) / Double(2 * h) }
    let exact = Measures(network, on: images).hessian(times: v)
    for (exact, difference) in zip(exact, difference) {
      #expect(abs(exact - difference) <= 2e-4)
    }
  }

  /// sin(i + .5), counted anew in each tensor.
  private func direction() -> [Double] {
    let shape = Network.o1.shape
    return [shape.W1, shape.b1, shape.W2, shape.b2].flatMap { tensor in
      tensor.indices.map { Elementary.sin(Double($0 - tensor.lowerBound) + 0.5) }
    }
  }
}
