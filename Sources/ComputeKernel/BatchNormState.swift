/// Batch normalisation of the hidden sums: learned scale and shift, and running statistics.
package struct BatchNormState: Sendable, Hashable {
  /// What is added to a variance before its root is taken.
  package static let epsilon = 1e-3
  /// The weight of the past in the running statistics.
  package static let momentum = 0.99

  package var gamma: [Float]
  package var beta: [Float]
  package var mean: [Float]
  package var variance: [Float]

  /// The state before the first step: γ = 1, β = 0, mean 0, variance 1.
  package init(hidden: Int) {
    gamma = Array(repeating: 1, count: hidden)
    beta = Array(repeating: 0, count: hidden)
    mean = Array(repeating: 0, count: hidden)
    variance = Array(repeating: 1, count: hidden)
  }

  var isFinite: Bool {
    [gamma, beta, mean, variance].allSatisfy { $0.allSatisfy(\.isFinite) }
  }
}
