/// A sweep over lengths along many directions, by the inner loops of one variant.
struct FastSweep<Loops: KernelLoops> {
  /// Hidden units side by side, as in ``FastEvaluation``: the network's and its directions'.
  private static var unitsAtOnce: Int { 480 }
  /// Moved networks at once; each keeps the loss of every image.
  private static var networksAtOnce: Int { 96 }

  let network: Network
  let images: LabelledImages
  let threads: Int

  func run(_ directions: [[Double]], _ lengths: [Double]) -> [[Evaluation]] {
    let fitting = Self.unitsAtOnce / network.shape.hidden - 1
    let atOnce = max(1, min(fitting, Self.networksAtOnce / max(1, lengths.count)))
    return stride(from: 0, to: directions.count, by: atOnce).flatMap { first in
      sweep(directions[first..<min(first + atOnce, directions.count)], lengths)
    }
  }

  private func sweep(_ directions: ArraySlice<[Double]>, _ lengths: [Double]) -> [[Evaluation]] {
    var evaluations = directions.map { _ in [Evaluation]() }
    for first in stride(from: 0, to: lengths.count, by: Self.networksAtOnce) {
      let some = Array(lengths[first..<min(first + Self.networksAtOnce, lengths.count)])
      for (k, row) in evaluate(directions, some).enumerated() { evaluations[k] += row }
    }
    return evaluations
  }

  private func evaluate(
    _ directions: ArraySlice<[Double]>, _ lengths: [Double]
  ) -> [[Evaluation]] {
    let tiles = images.tiles
    let shape = network.shape
    let sets = [network.weights] + directions.map { $0.map { Float($0) } }
    let products = PackedNetworks(sets[...], shape, panelWidth: Loops.tilePanelWidth)
    let layers = MovedLayers(network.weights, shape, directions, lengths)
    let parts = ParallelParts.map(ParallelParts.ranges(tiles.rounds, threads: threads)) { rounds in
      var work = SweepWork<Loops>(
        shape, network.activation, lengths, units: products.units, directions: directions.count,
        tiles)
      return work.run(rounds, products, layers, tiles)
    }
    return directions.indices.map { direction in
      lengths.indices.map { length in
        let place = (direction - directions.startIndex) * lengths.count + length
        return evaluation(place, layers.isFinite[place], parts, tiles)
      }
    }
  }

  private func evaluation(
    _ place: Int, _ isFinite: Bool, _ parts: [RoundResults], _ tiles: ImageTiles
  ) -> Evaluation {
    var losses = [Float](repeating: 0, count: images.count)
    for part in parts { part.copyLosses(of: place, from: tiles, to: &losses) }
    let correct = parts.reduce(0) { $0 + Int($1.correct[place]) }
    return Evaluation(
      meanLoss: isFinite ? meanOfLosses(losses) : .nan,
      accuracy: Double(correct) / Double(images.count))
  }
}
