/// What of a network is moved before a sweep: everything but W1, for each direction and length.
///
/// All of it is formed in f64 and rounded once.
struct MovedLayers: Sendable {
  /// [directions][lengths][hidden].
  private(set) var b1: FloatStorage
  /// [directions][lengths][classes][hidden], with room for sixteen more.
  private(set) var W2: FloatStorage
  /// [directions][lengths][classes].
  private(set) var b2: FloatStorage
  /// Whether all weights after the move are finite, [directions][lengths].
  private(set) var isFinite: [Bool] = []

  init(_ weights: [Float], _ shape: Shape, _ directions: ArraySlice<[Double]>, _ lengths: [Double])
  {
    let count = directions.count * lengths.count
    b1 = FloatStorage(floats: count * shape.hidden)
    W2 = FloatStorage(floats: count * shape.classes * shape.hidden + 16)
    b2 = FloatStorage(floats: count * shape.classes)
    for direction in directions {
      for length in lengths { add(weights, shape, direction, length) }
    }
  }

  private mutating func add(
    _ weights: [Float], _ shape: Shape, _ direction: [Double], _ length: Double
  ) {
    let place = isFinite.count
    let moved = { (k: Int) in Float(Double(weights[k]) + length * direction[k]) }
    for j in 0..<shape.hidden {
      b1[float: place * shape.hidden + j] = moved(shape.b1.lowerBound + j)
      for c in 0..<shape.classes {
        W2[float: (place * shape.classes + c) * shape.hidden + j] =
          moved(shape.W2.lowerBound + j * shape.classes + c)
      }
    }
    for c in 0..<shape.classes {
      b2[float: place * shape.classes + c] = moved(shape.b2.lowerBound + c)
    }
    isFinite.append(weights.indices.allSatisfy { moved($0).isFinite })
  }
}
