/// What some rounds of images gave for some networks.
struct RoundResults: Sendable {
  let rounds: Range<Int>
  /// [rounds][networks][160].
  let losses: FloatStorage
  /// Images whose prediction was right, [networks].
  let correct: [Int32]

  /// Puts one network's losses where their images are in the file.
  func copyLosses(of network: Int, from tiles: ImageTiles, to target: inout [Float]) {
    let vectors = ImageTiles.imagesPerRound / 16
    for (k, round) in rounds.enumerated() {
      let first = (k * correct.count + network) * vectors
      for vector in 0..<vectors {
        let lanes = losses[first + vector]
        let slot = round * ImageTiles.imagesPerRound + vector * 16
        for lane in 0..<16 {
          let image = Int(tiles.images[slot + lane])
          if image >= 0 { target[image] = lanes[lane] }
        }
      }
    }
  }
}
