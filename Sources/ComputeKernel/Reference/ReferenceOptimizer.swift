/// The optimisers as the paper writes them, one parameter after another.
struct ReferenceOptimizer {
  private let rule: Optimizer
  private var first: [Float]
  private var second: [Float]
  private var powers = (beta1: 1.0, beta2: 1.0)

  init(_ rule: Optimizer, count: Int) {
    self.rule = rule
    first = Array(repeating: 0, count: count)
    second = Array(repeating: 0, count: count)
  }

  mutating func apply(_ g: [Float], to w: inout [Float]) {
    switch rule {
    case .sgd(let eta):
      for k in w.indices { w[k] -= Float(eta) * g[k] }
    case .momentum(let eta, let mu):
      for k in w.indices {
        first[k] = Float(mu) * first[k] - Float(eta) * g[k]
        w[k] += first[k]
      }
    case .nesterov(let eta, let mu):
      for k in w.indices {
        first[k] = Float(mu) * first[k] - Float(eta) * g[k]
        w[k] += Float(mu) * first[k] - Float(eta) * g[k]
      }
    case .rmsprop(let eta, let rho, let epsilon):
      for k in w.indices {
        second[k] = Float(rho) * second[k] + Float(1 - rho) * g[k] * g[k]
        w[k] -= Float(eta) * g[k] / (second[k].squareRoot() + Float(epsilon))
      }
    case .adam(let eta, let beta1, let beta2, let epsilon):
      powers.beta1 *= beta1
      powers.beta2 *= beta2
      let rate = Float(eta * (1 - powers.beta2).squareRoot() / (1 - powers.beta1))
      for k in w.indices {
        first[k] = Float(beta1) * first[k] + Float(1 - beta1) * g[k]
        second[k] = Float(beta2) * second[k] + Float(1 - beta2) * g[k] * g[k]
        w[k] -= rate * first[k] / (second[k].squareRoot() + Float(epsilon))
      }
    }
  }
}
