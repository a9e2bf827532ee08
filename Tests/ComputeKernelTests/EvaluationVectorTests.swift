import ComputeKernel
import Testing

/// The values of network O1 that an independent program computed in f64.
@Suite struct EvaluationVectorTests {
  @Test(arguments: Implementation.available)
  func lossAndAccuracyOfO1(_ kernel: Implementation) throws {
    let images = try #require(MNISTFixture.firstThousand)
    let result = Evaluator.evaluate(
      [Network.o1.weights], shape: Network.o1.shape, activation: .relu, on: images,
      kernel: kernel)[0]
    #expect(abs(result.meanLoss - 2.310795528088126) <= 1e-5 * 2.3)
    #expect(result.accuracy == 0.098)
  }
}
