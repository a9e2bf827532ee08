extension Measures {
  /// How far a step of ascent reaches.
  package enum Ascent: Sendable, Hashable {
    /// L(w + ρg/‖g‖) − L.
    case plain
    /// With T = |w| + .01: L(w + ρT²g/‖Tg‖) − L.
    case adaptive
  }

  /// Sharpness after one step of ascent of radius ρ.
  ///
  /// - Parameters:
  ///   - ascent: `sam` or `asam`.
  ///   - radius: ρ.
  ///   - block: m of m-sharpness: the mean over consecutive blocks of m images, each with its own
  ///     gradient and loss; nil takes all images as one block.
  /// - Returns: the rise of the loss.
  package func sharpness(_ ascent: Ascent, radius: Double, block: Int? = nil) -> Double {
    let size = max(1, min(block ?? images.count, images.count))
    let blocks = stride(from: 0, to: images.count, by: size).map {
      $0..<min($0 + size, images.count)
    }
    let rises = blocks.map { range in
      let (loss, gradient) = gradient(over: range)
      let step = Self.step(ascent, gradient, network.values)
      return self.loss(network.moved(radius, along: step), range) - loss
    }
    return rises.reduce(0, +) / Double(rises.count)
  }

  /// The direction of length ρ = 1.
  private static func step(_ ascent: Ascent, _ g: [Double], _ w: [Double]) -> [Double] {
    switch ascent {
    case .plain:
      let length = norm(g)
      return length > 0 ? g.map { $0 / length } : g
    case .adaptive:
      let scale = w.map { abs($0) + 0.01 }
      let length = norm(zip(scale, g).map { $0 * $1 })
      return length > 0 ? zip(scale, g).map { $0 * $0 * $1 / length } : g
    }
  }
}
