/// Which code computes: the plain reference or one of the fast kernels.
package enum Implementation: Sendable, Hashable, CustomStringConvertible {
  case reference
  case fast(KernelVariant)

  /// All that this machine can run.
  package static var available: [Implementation] { [.reference] }

  package var description: String {
    switch self {
    case .reference: "reference"
    case .fast(let variant): variant.rawValue
    }
  }
}
