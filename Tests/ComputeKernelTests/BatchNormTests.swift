import ComputeKernel
import Testing

/// Batch normalisation: its gradient and its folding.
@Suite struct BatchNormTests {
  @Test func foldingChangesNothing() throws {
    let images = smallImages(count: 60)
    var plan = TrainingPlan(seed: 2, model: 0, hidden: 9, epochs: 40)
    plan.batchNorm = true
    plan.batch = 20
    let network = try Training.run(plan, on: images).network
    let norm = try #require(network.batchNorm)
    #expect(norm.mean.contains { abs($0) > 0.01 })
    let folded = network.folded()
    #expect(folded.batchNorm == nil)
    let shape = network.shape
    for n in 0..<5 {
      let x = (0..<shape.inputs).map { Double(images.pixels[n * shape.inputs + $0]) / 255 }
      for j in 0..<shape.hidden {
        func sum(_ weights: [Float]) -> Double {
          x.indices.reduce(Double(weights[shape.b1.lowerBound + j])) {
            $0 + x[$1] * Double(weights[$1 * shape.hidden + j])
          }
        }
        let root = (Double(norm.variance[j]) + BatchNormState.epsilon).squareRoot()
        let layered =
          Double(norm.gamma[j]) * (sum(network.weights) - Double(norm.mean[j])) / root
          + Double(norm.beta[j])
        #expect(abs(sum(folded.weights) - layered) <= 1e-5)
      }
    }
  }

  @Test func foldingWithoutALayerIsTheNetworkItself() {
    #expect(Network.o1.folded().weights == Network.o1.weights)
  }
}
