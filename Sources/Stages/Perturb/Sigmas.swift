/// The parameter `sigma`: one σ, or several that are measured together.
enum Sigmas: Sendable, Decodable {
  case one(Double)
  case several([Double])

  var values: [Double] {
    switch self {
    case .one(let sigma): [sigma]
    case .several(let sigmas): sigmas
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let sigma = try? container.decode(Double.self) {
      self = .one(sigma)
    } else {
      self = .several(try container.decode([Double].self))
    }
  }
}
