/// Which code computes: the plain reference or one of the fast variants.
package enum Implementation: Sendable, Hashable, CustomStringConvertible {
  case reference
  case fast(KernelVariant)

  /// What computes unless a test or a measurement asks for another.
  package static var selected: Implementation { .fast(.selected) }

  /// All that this machine can run.
  package static var available: [Implementation] {
    [.reference] + KernelVariant.allCases.filter(\.isSupported).map { .fast($0) }
  }

  package var description: String {
    switch self {
    case .reference: "reference"
    case .fast(let variant): variant.rawValue
    }
  }
}
