/// Evaluation of many networks by the inner loops of one variant.
struct FastEvaluation<Loops: KernelLoops> {
  /// Hidden units side by side: a round's pixels are widened once for all of them.
  private static var unitsAtOnce: Int { 480 }

  let shape: Shape
  let activation: Activation
  let images: LabelledImages
  let threads: Int

  func run(_ weightSets: [[Float]], keepLosses: Bool) -> [Evaluation] {
    let atOnce = max(1, Self.unitsAtOnce / shape.hidden)
    return stride(from: 0, to: weightSets.count, by: atOnce).flatMap { first in
      evaluate(weightSets[first..<min(first + atOnce, weightSets.count)], keepLosses)
    }
  }

  private func evaluate(_ weightSets: ArraySlice<[Float]>, _ keepLosses: Bool) -> [Evaluation] {
    let tiles = images.tiles
    let networks = PackedNetworks(weightSets, shape, panelWidth: Loops.tilePanelWidth)
    let parts = ParallelParts.map(ParallelParts.ranges(tiles.rounds, threads: threads)) { rounds in
      var work = RoundWork<Loops>(shape, activation, networks, tiles)
      return work.run(rounds, networks, tiles)
    }
    return weightSets.enumerated().map { m, weights in
      var losses = [Float](repeating: 0, count: images.count)
      for part in parts { part.copyLosses(of: m, from: tiles, to: &losses) }
      let correct = parts.reduce(0) { $0 + Int($1.correct[m]) }
      return Evaluation(
        meanLoss: weights.allSatisfy(\.isFinite) ? meanOfLosses(losses) : .nan,
        accuracy: Double(correct) / Double(images.count), losses: keepLosses ? losses : nil)
    }
  }
}
