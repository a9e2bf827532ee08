/// How a gradient becomes a step; the formulas are those of the experiment's paper, elementwise.
///
/// - `sgd`: w −= ηg
/// - `momentum`: v = μv − ηg; w += v
/// - `nesterov`: v = μv − ηg; w += μv − ηg
/// - `rmsprop`: s = ρs + (1−ρ)g²; w −= ηg/(√s + ε)
/// - `adam`: w −= η·√(1−β2ᵗ)/(1−β1ᵗ)·m/(√v + ε), steps t counted from 1
package enum Optimizer: Sendable, Hashable {
  case sgd(learningRate: Double)
  case momentum(learningRate: Double, momentum: Double)
  case nesterov(learningRate: Double, momentum: Double)
  case rmsprop(learningRate: Double, rho: Double = 0.9, epsilon: Double = 1e-8)
  case adam(
    learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Double = 1e-8)
}
