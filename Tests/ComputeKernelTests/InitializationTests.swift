import ComputeKernel
import Testing

/// First weights as the experiment's paper lists them.
@Suite struct InitializationTests {
  private let shape = Shape(hidden: 20)

  @Test func firstModel() {
    let weights = Initialization.glorotUniform(shape, seed: 20_171_107, model: 0)
    #expect(
      weights.prefix(3) == [0.05192646770574549, 0.0841270679396482, -0.07762307693746906])
    #expect(
      weights[shape.W2].prefix(2) == [0.02005259129279329, -0.20117537853300663])
    #expect(weights[shape.b1].allSatisfy { $0 == 0 } && weights[shape.b2].allSatisfy { $0 == 0 })
  }

  @Test func lastModel() {
    let weights = Initialization.glorotUniform(shape, seed: 20_171_107, model: 99)
    #expect(weights[shape.W2].last == -0.24153100263904395)
  }
}
