import ComputeKernel
import ReproducibleMath
import Testing

/// The measures of network O1 that an independent program computed in f64.
@Suite(.serialized) struct MeasureTests {
  private func measures(_ kernel: Implementation) throws -> Measures {
    Measures(
      .o1, on: try #require(MNISTFixture.firstThousand), threads: 2, kernel: kernel)
  }

  private func expect(
    _ value: Double, _ expected: Double, within tolerance: Double = 1e-5,
    location: SourceLocation = #_sourceLocation
  ) {
    #expect(
      abs(value - expected) <= tolerance * abs(expected), "\(value)", sourceLocation: location)
  }

  @Test(arguments: Implementation.available)
  func closedForms(_ kernel: Implementation) throws {
    let measures = try measures(kernel)
    let forms = measures.closedForms
    expect(forms.loss, 2.310795528088126)
    expect(forms.traceW1, 115.35924487844966)
    expect(forms.traceW2, 9.061957016609773)
    expect(forms.relTrace, 1.618044781818548)
    expect(forms.relFlat, 21.66068525072624)
    expect(forms.gradVar, 127.15082289872564)
  }

  @Test(arguments: Implementation.available)
  func gradientNorm(_ kernel: Implementation) throws {
    let measures = try measures(kernel)
    let gradient = measures.gradient
    expect(gradient.reduce(0) { $0 + $1 * $1 }.squareRoot(), 1.3337975584520223)
  }

  @Test(arguments: Implementation.available)
  func hessianTimesVector(_ kernel: Implementation) throws {
    let measures = try measures(kernel)
    let v = direction()
    let image = measures.hessian(times: v)
    expect(zip(v, image).reduce(0) { $0 + $1.0 * $1.1 }, 7.2424779845449585)
    expect(image.reduce(0) { $0 + $1 * $1 }.squareRoot(), 6.337383631380223)
    expect(measures.loss(0.01, along: v), 2.3135339756179913)
    expect(measures.loss(-0.01, along: v), 2.3081315688670645)
  }

  @Test(arguments: Implementation.available)
  func largestEigenvalue(_ kernel: Implementation) throws {
    let measures = try measures(kernel)
    expect(measures.lambdaMax(seed: 1, model: 0), 20.38221955585872, within: 1e-3)
  }

  @Test(arguments: Implementation.available)
  func sharpness(_ kernel: Implementation) throws {
    let measures = try measures(kernel)
    let whole = measures.sharpness(.plain(radius: 0.05))
    expect(whole, 0.07407225325454192)
    #expect(measures.sharpness(.adaptive(radius: 0.05)) > 0)
    #expect(measures.sharpness(.plain(radius: 0.05), block: 1000) == whole)
    #expect(measures.sharpness(.plain(radius: 0.05), block: 128) > whole)
    let both = measures.sharpness([.adaptive(radius: 0.2), .plain(radius: 0.05)]) as [Double]
    #expect(both == [measures.sharpness(.adaptive(radius: 0.2)), whole])
  }

  @Test func norms() {
    let norms = WeightNorms(.o1)
    expect(norms.path, 9.932800934866263)
    expect(norms.spectralW1, 6.427508603463408)
    #expect(norms.spectralW1 <= norms.W1 && norms.spectralW2 <= norms.W2)
  }

  @Test(arguments: Implementation.available)
  func hutchinsonEstimatesTheTrace(_ kernel: Implementation) throws {
    let measures = try measures(kernel)
    let estimate = measures.hutchinson(probes: 20, seed: 3, model: 0)
    #expect(abs(estimate.trace - measures.closedForms.trace) <= 4 * estimate.standardError)
  }

  /// sin(i + .5), counted anew in each tensor.
  private func direction() -> [Double] {
    let shape = Network.o1.shape
    return [shape.W1, shape.b1, shape.W2, shape.b2].flatMap { tensor in
      tensor.indices.map { Elementary.sin(Double($0 - tensor.lowerBound) + 0.5) }
    }
  }
}
