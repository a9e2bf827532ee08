/// What random numbers are used for: the last word of the counter, so that no two uses share numbers.
package enum RandomStream: UInt32, Sendable {
  case initialization = 0
  case shuffle
  case perturbation
  case probes
  case bootstrap
  case permutation
  case subset
}
