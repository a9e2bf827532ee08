/// What a hidden unit does to its weighted sum.
package enum Activation: String, Sendable, CaseIterable {
  case relu
  case tanh
  case sigmoid
}
