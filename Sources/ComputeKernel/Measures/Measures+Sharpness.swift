extension Measures {
  /// One step of ascent of radius ρ.
  package enum Ascent: Sendable, Hashable {
    /// To w + ρg/‖g‖.
    case plain(radius: Double)
    /// With T = |w| + .01: to w + ρT²g/‖Tg‖.
    case adaptive(radius: Double)
  }

  /// Sharpness after a step of ascent: how much the loss rises.
  package func sharpness(_ ascent: Ascent, block: Int? = nil) -> Double {
    sharpness([ascent], block: block)[0]
  }

  /// How much the loss rises by each of several steps of ascent, which share one gradient.
  ///
  /// - Parameters:
  ///   - ascents: the steps.
  ///   - block: m of m-sharpness: the mean over consecutive blocks of m images, each with its own
  ///     gradient and loss, the last perhaps smaller; nil takes all images as one block.
  /// - Returns: the rise for each ascent.
  package func sharpness(_ ascents: [Ascent], block: Int? = nil) -> [Double] {
    guard isFinite else { return ascents.map { _ in .nan } }
    let size = max(1, min(block ?? imageCount, imageCount))
    let count = (imageCount + size - 1) / size
    let risesOfBlocks = ParallelParts.map(ParallelParts.ranges(count, threads: threads)) { part in
      part.map { k in
        let range = k * size..<min((k + 1) * size, imageCount)
        return rises(ascents, range, threads: count > 1 ? 1 : threads)
      }
    }.flatMap { $0 }
    return ascents.indices.map { k in
      risesOfBlocks.reduce(0) { $0 + $1[k] } / Double(count)
    }
  }

  private func rises(_ ascents: [Ascent], _ range: Range<Int>, threads: Int) -> [Double] {
    let (loss, gradient) = surface.gradient(at: w, over: range, threads: threads)
    return ascents.map { ascent in
      surface.loss(at: step(ascent, gradient), over: range, threads: threads) - loss
    }
  }

  /// Where a step of ascent along `g` ends; at w where the gradient is 0.
  private func step(_ ascent: Ascent, _ g: [Double]) -> [Double] {
    switch ascent {
    case .plain(let radius):
      let length = norm(g)
      return length == 0 ? w : moved(radius / length, g)
    case .adaptive(let radius):
      let scaled = combined(w, g) { (abs($0) + 0.01) * $1 }
      let length = norm(scaled)
      return length == 0
        ? w : combined(w, scaled) { $0 + radius / length * ((abs($0) + 0.01) * $1) }
    }
  }
}
