/// One core's memory for evaluating rounds of images in a sweep.
struct SweepWork<Loops: KernelLoops> {
  private let shape: Shape
  private let activation: Int
  /// σ as the loops take them.
  private let lengths: [Float]
  /// Brightness of a round's tiles, widened.
  private var x: FloatStorage
  /// First-layer products of the network and its directions, [160][units].
  private var A: FloatStorage
  /// Those of sixteen images, [units][16].
  private var T: FloatStorage
  /// Activations of one moved network, [hidden][16].
  private var hT: FloatStorage
  /// Outputs of sixteen images, [classes][16].
  private var z: FloatStorage
  /// [directions][lengths][160].
  private var losses: FloatStorage
  private var correct: [Int32]

  init(
    _ shape: Shape, _ activation: Activation, _ lengths: [Double], units: Int, directions: Int,
    _ tiles: ImageTiles
  ) {
    self.shape = shape
    self.activation = activation.code
    self.lengths = lengths.map { Float($0) }
    let count = directions * lengths.count
    x = FloatStorage(floats: tiles.mostColumnsInRound * ImageTiles.imagesPerTile + 16)
    A = FloatStorage(floats: ImageTiles.imagesPerRound * units)
    T = FloatStorage(floats: units * 16)
    hT = FloatStorage(floats: shape.hidden * 16)
    z = FloatStorage(floats: shape.classes * 16)
    losses = FloatStorage(floats: count * ImageTiles.imagesPerRound)
    correct = Array(repeating: 0, count: count)
  }

  /// - Parameters:
  ///   - rounds: which images.
  ///   - products: the network and its directions, side by side.
  ///   - layers: the rest of the moved networks.
  ///   - tiles: the images.
  /// - Returns: losses and hits of each direction and length.
  mutating func run(
    _ rounds: Range<Int>, _ products: PackedNetworks, _ layers: MovedLayers, _ tiles: ImageTiles
  ) -> RoundResults {
    var all = FloatStorage()
    all.reserveCapacity(rounds.count * losses.count)
    for round in rounds {
      Self.run(
        round, products, layers, tiles, shape, activation, lengths, &losses, &correct, &x, &A,
        &T, &hT, &z)
      all += losses
    }
    return RoundResults(rounds: rounds, losses: all, correct: correct)
  }

  private static func run(
    _ round: Int, _ products: PackedNetworks, _ layers: MovedLayers, _ tiles: ImageTiles,
    _ shape: Shape, _ activation: Int, _ lengths: [Float], _ losses: inout FloatStorage,
    _ correct: inout [Int32], _ x: inout FloatStorage, _ A: inout FloatStorage,
    _ T: inout FloatStorage, _ hT: inout FloatStorage, _ z: inout FloatStorage
  ) {
    let firstTile = round * ImageTiles.tilesPerRound
    let vectors = ImageTiles.imagesPerRound / 16
    var losses = losses.mutableSpan
    var correct = correct.mutableSpan
    var x = x.mutableSpan
    var A = A.mutableSpan
    var T = T.mutableSpan
    var hT = hT.mutableSpan
    var z = z.mutableSpan
    Loops.sweepRound(
      starts: tiles.starts.span.extracting(firstTile...firstTile + ImageTiles.tilesPerRound),
      columns: tiles.columns.span, values: tiles.values.span,
      labels: tiles.labels.span.extracting(round * vectors..<(round + 1) * vectors),
      W1: products.W1.span, b1: layers.b1.span, W2: layers.W2.span, b2: layers.b2.span,
      lengths: lengths.span, directions: products.count - 1, hidden: shape.hidden,
      units: products.units, classes: shape.classes, activation: activation, losses: &losses,
      correct: &correct, x: &x, A: &A, T: &T, hT: &hT, z: &z)
  }
}
