import ComputeKernel
import Testing

/// The gradient of the plain implementation against differences of its loss.
///
/// tanh and sigmoid are smooth, so central differences with h = 1e-2 are good to some 1e-4; with
/// f32 activations the loss itself is good to 1e-7, the quotient to 1e-5.
@Suite struct GradientCheckTests {
  @Test(arguments: [Activation.tanh, .sigmoid], [false, true])
  func equalsDifferences(_ activation: Activation, _ batchNorm: Bool) {
    let images = smallImages(count: 24, pixels: 12, classes: 4)
    var network = smallNetwork(images, hidden: 5, activation: activation)
    if batchNorm { network.batchNorm = BatchNormState(hidden: 5) }
    let plan = TrainingPlan(seed: 0, model: 0, hidden: 5, steps: 1)
    let stepper = ReferenceStepper(plan, on: images, from: network)
    let parameters = network.weights + (network.batchNorm.map { $0.gamma + $0.beta } ?? [])
    let batch = (0..<Int32(24)).map { $0 }
    let gradient = stepper.gradient(at: parameters, batch[...]).gradient
    let h: Float = 1e-2
    for k in parameters.indices {
      var above = parameters
      above[k] += h
      var below = parameters
      below[k] -= h
      let rise =
        stepper.gradient(at: above, batch[...]).lossSum
        - stepper.gradient(at: below, batch[...]).lossSum
      let quotient = rise / 24 / Double(above[k] - below[k])
      #expect(abs(quotient - Double(gradient[k])) <= 2e-4, "parameter \(k)")
    }
  }
}
