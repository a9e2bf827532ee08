/// One core's memory for evaluating rounds of images.
struct RoundWork<Loops: KernelLoops> {
  private let shape: Shape
  private let activation: Int
  /// Brightness of a round's tiles, widened.
  private var x: FloatStorage
  /// Hidden sums, [160][units].
  private var A: FloatStorage
  /// Activations of sixteen images, [units][16].
  private var hT: FloatStorage
  /// Outputs of sixteen images, [classes][16].
  private var z: FloatStorage
  /// [networks][160].
  private var losses: FloatStorage
  private var correct: [Int32]

  init(_ shape: Shape, _ activation: Activation, _ networks: PackedNetworks, _ tiles: ImageTiles) {
    self.shape = shape
    self.activation = activation.code
    x = FloatStorage(floats: tiles.mostColumnsInRound * ImageTiles.imagesPerTile + 16)
    A = FloatStorage(floats: ImageTiles.imagesPerRound * networks.units)
    hT = FloatStorage(floats: networks.units * 16)
    z = FloatStorage(floats: shape.classes * 16)
    losses = FloatStorage(floats: networks.count * ImageTiles.imagesPerRound)
    correct = Array(repeating: 0, count: networks.count)
  }

  mutating func run(
    _ rounds: Range<Int>, _ networks: PackedNetworks, _ tiles: ImageTiles
  ) -> RoundResults {
    var all = FloatStorage()
    all.reserveCapacity(rounds.count * losses.count)
    for round in rounds {
      Self.run(
        round, networks, tiles, shape, activation, &losses, &correct, &x, &A, &hT, &z)
      all += losses
    }
    return RoundResults(rounds: rounds, losses: all, correct: correct)
  }

  private static func run(
    _ round: Int, _ networks: PackedNetworks, _ tiles: ImageTiles, _ shape: Shape,
    _ activation: Int, _ losses: inout FloatStorage, _ correct: inout [Int32],
    _ x: inout FloatStorage, _ A: inout FloatStorage, _ hT: inout FloatStorage,
    _ z: inout FloatStorage
  ) {
    let firstTile = round * ImageTiles.tilesPerRound
    let vectors = ImageTiles.imagesPerRound / 16
    var losses = losses.mutableSpan
    var correct = correct.mutableSpan
    var x = x.mutableSpan
    var A = A.mutableSpan
    var hT = hT.mutableSpan
    var z = z.mutableSpan
    Loops.round(
      starts: tiles.starts.span.extracting(firstTile...firstTile + ImageTiles.tilesPerRound),
      columns: tiles.columns.span, values: tiles.values.span,
      labels: tiles.labels.span.extracting(round * vectors..<(round + 1) * vectors),
      W1: networks.W1.span, b1: networks.b1.span, W2: networks.W2.span, b2: networks.b2.span,
      networks: networks.count, hidden: shape.hidden, units: networks.units,
      classes: shape.classes, activation: activation, losses: &losses, correct: &correct, x: &x,
      A: &A, hT: &hT, z: &z)
  }
}
