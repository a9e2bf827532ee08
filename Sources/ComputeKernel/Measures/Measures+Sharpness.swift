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
  /// - Returns: the rise for each ascent; NaN when the task is cancelled.
  package func sharpness(_ ascents: [Ascent], block: Int? = nil) -> [Double] {
    guard isFinite else { return ascents.map { _ in .nan } }
    let size = max(1, min(block ?? imageCount, imageCount))
    let count = (imageCount + size - 1) / size
    var sums = ascents.map { _ in 0.0 }
    for first in stride(from: 0, to: count, by: Self.blocksAtOnce) {
      guard !Task.isCancelled else { return ascents.map { _ in .nan } }
      let some = min(Self.blocksAtOnce, count - first)
      let risesOfBlocks = ParallelParts.map(ParallelParts.ranges(some, threads: threads)) { part in
        part.map { k in
          let start = (first + k) * size
          let range = start..<min(start + size, imageCount)
          return rises(ascents, range, threads: count > 1 ? 1 : threads)
        }
      }
      for rises in risesOfBlocks.joined() {
        for k in ascents.indices { sums[k] += rises[k] }
      }
    }
    return sums.map { $0 / Double(count) }
  }

  /// Blocks between two looks at whether the task is cancelled: a fraction of a second of work.
  private static let blocksAtOnce = 512

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
