import ComputeKernel
import Experiment
import Testing

struct DirectionTests {
  private let shape = Shape(hidden: 4)

  private func network(alpha: Float = 1) -> Network {
    var weights = (0..<shape.parameterCount).map { Float(($0 * 7919) % 101) / 64 - 0.75 }
    for k in shape.W1 { weights[k] *= alpha }
    for k in shape.b1 { weights[k] *= alpha }
    for k in shape.W2 { weights[k] /= alpha }
    return Network(shape: shape, activation: .relu, weights: weights)
  }

  private func direction(
    _ kind: Direction.Kind, _ scope: Direction.Scope = .all, of network: Network? = nil
  ) -> Direction {
    Direction(kind, scope: scope, of: network ?? self.network(), seed: 42, model: 7, draw: 1)
  }

  private func norm(_ values: [Double]) -> Double {
    values.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  /// The vectors of the paper: key 42, model 7, draw 1.
  @Test func theRandomNumbersAreThePapers() {
    let normals = [0.5112432252259614, -0.7328614394035464, 0.5675888685895207, 0.7426192418763687]
    for (found, expected) in zip(direction(.gaussian).values, normals) {
      #expect(abs(found - expected) < 1e-15)
    }
    let uniforms = [
      0.34167578467167914, 0.6938865527044982, 0.29217513487674296, -0.7077273454051465,
    ]
    #expect(Array(direction(.uniform).values.prefix(4)) == uniforms)
  }

  @Test(arguments: Direction.Kind.allCases)
  func theScopeSelectsFromTheSameNumbers(kind: Direction.Kind) {
    let all = direction(kind, .all).values
    let first = direction(kind, .W1).values
    let second = direction(kind, .W2).values
    let border = shape.W2.lowerBound
    #expect(first[border...].allSatisfy { $0 == 0 })
    #expect(second[..<border].allSatisfy { $0 == 0 })
    if kind == .sphere {
      for values in [all, first, second] { #expect(abs(norm(values) - 1) < 1e-12) }
    } else {
      #expect(Array(first[..<border]) == Array(all[..<border]))
      #expect(Array(second[border...]) == Array(all[border...]))
    }
  }

  @Test func everyKindButFilterMovesBiases() {
    for kind in Direction.Kind.allCases {
      let values = direction(kind).values
      let biases = Array(values[shape.b1]) + Array(values[shape.b2])
      #expect(biases.allSatisfy { ($0 == 0) == (kind == .filter) })
    }
  }

  @Test func relativeIsGaussianTimesTheWeights() {
    let z = direction(.gaussian).values
    let weights = network().weights
    let values = direction(.relative).values
    #expect(values.indices.allSatisfy { values[$0] == z[$0] * Double(abs(weights[$0])) })
  }

  @Test func filterHasTheNormOfEachUnit() {
    let weights = network().weights
    let values = direction(.filter).values
    let z = direction(.gaussian).values
    for (range, width) in [(shape.W1, shape.hidden), (shape.W2, shape.classes)] {
      for column in 0..<width {
        let places = Array(stride(from: range.lowerBound + column, to: range.upperBound, by: width))
        let expected = norm(places.map { Double(weights[$0]) })
        #expect(abs(norm(places.map { values[$0] }) / expected - 1) < 1e-12)
        let ratios = places.map { values[$0] / z[$0] }
        #expect(ratios.allSatisfy { abs($0 / ratios[0] - 1) < 1e-12 })
      }
    }
  }

  /// W1, b1 × α and W2 ÷ α is the same function; these kinds must then be the same move.
  @Test(arguments: [Direction.Kind.relative, .filter], [0.25, 4, 1024] as [Float])
  func rescaledNetworksAreMovedAlike(kind: Direction.Kind, alpha: Float) {
    let values = direction(kind).values
    let scaled = direction(kind, of: network(alpha: alpha)).values
    for k in values.indices {
      let factor =
        k < shape.W2.lowerBound ? Double(alpha) : k < shape.b2.lowerBound ? 1 / Double(alpha) : 1
      #expect(scaled[k] == values[k] * factor)
    }
  }

  @Test func aMoveIsRoundedOnce() {
    let weights = network().weights
    let direction = direction(.gaussian)
    let moved = direction.moving(weights, by: 0.01)
    #expect(
      moved.indices.allSatisfy {
        moved[$0] == Float(Double(weights[$0]) + 0.01 * direction.values[$0])
      })
    #expect(direction.moving(weights, by: 0) == weights)
  }

  @Test func aUnitWithoutWeightsIsNotMovedByFilter() {
    let zero = Network(
      shape: shape, activation: .relu,
      weights: Array(repeating: 0, count: shape.parameterCount))
    #expect(direction(.filter, of: zero).values.allSatisfy { $0 == 0 })
  }
}
