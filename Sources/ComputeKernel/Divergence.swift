/// Training left the finite numbers.
package struct Divergence: Error, Sendable, Hashable, CustomStringConvertible {
  /// What stopped being finite.
  package enum Quantity: String, Sendable {
    case loss
    case weights
  }

  package var quantity: Quantity
  /// The step, counted from 1, at which it was noticed.
  package var step: Int
  /// The epoch, counted from 1, of that step.
  package var epoch: Int

  package var description: String {
    let verb = quantity == .loss ? "loss" : "weights"
    return "\(verb) became non-finite at step \(step) (epoch \(epoch)); lower the learning rate"
  }
}
