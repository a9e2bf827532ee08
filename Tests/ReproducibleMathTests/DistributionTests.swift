import ReproducibleMath
import Testing

@Suite("Uniform and normal numbers, shuffles")
struct DistributionTests {
  @Test("Symmetric uniforms of key 42, model 7, draw 1 are the published ones")
  func symmetricUniforms() {
    let values = RandomSequence(seed: 42, stream: .perturbation, model: 7, draw: 1)
      .symmetricUniforms(count: 4)
    #expect(
      values == [
        0.34167578467167914, 0.6938865527044982, 0.29217513487674296, -0.7077273454051465,
      ])
  }

  @Test("Normals are the published ones within 1 ulp")
  func normals() {
    let first = RandomSequence(seed: 42, stream: .perturbation, model: 7, draw: 1)
    expectClose(
      first.normals(count: 4),
      [0.5112432252259614, -0.7328614394035464, 0.5675888685895207, 0.7426192418763687])
    let second = RandomSequence(seed: 42, stream: .perturbation, model: 7, draw: 0)
    expectClose(
      Array(second.normals(count: 8)[4...]),
      [-0.5716283431031869, -0.02577436578392214, -0.5812419875400192, 0.8955359787452287])
  }

  private func expectClose(_ values: [Double], _ expected: [Double]) {
    for (value, expected) in zip(values, expected) {
      #expect((value - expected).magnitude <= expected.ulp, "\(value) for \(expected)")
    }
  }

  @Test("Normals have mean 0, variance 1 and kurtosis 3")
  func moments() {
    let values = RandomSequence(seed: 20_171_107, stream: .probes).normals(count: 1 << 18)
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + $1 * $1 } / count
    let fourth = values.reduce(0) { $0 + $1 * $1 * $1 * $1 } / count
    #expect(mean.magnitude < 4 / count.squareRoot())
    #expect((variance - 1).magnitude < 4 * (2 / count).squareRoot())
    #expect((fourth - 3).magnitude < 4 * (96 / count).squareRoot())
  }

  @Test(
    "Shuffles of ten are the published ones",
    arguments: [
      (UInt32(0), UInt32(0), [Int32]([3, 1, 6, 0, 2, 4, 8, 9, 5, 7])),
      (7, 1, [8, 4, 0, 5, 7, 3, 9, 2, 1, 6]),
    ])
  func shuffles(model: UInt32, epoch: UInt32, order: [Int32]) {
    let sequence = RandomSequence(seed: 20_171_107, stream: .shuffle, model: model, draw: epoch)
    #expect(sequence.shuffled(count: 10) == order)
  }

  @Test("The subset of seed 0 begins as published")
  func subset() {
    let order = RandomSequence(seed: 0, stream: .subset).shuffled(count: 60_000)
    #expect(order[..<5] == [43174, 51152, 5317, 39157, 58457])
    #expect(order.sorted() == (0..<60_000).map(Int32.init))
  }

  @Test("Nothing and one thing can be shuffled")
  func smallShuffles() {
    let sequence = RandomSequence(seed: 1, stream: .shuffle)
    #expect(sequence.shuffled(count: 0).isEmpty)
    #expect(sequence.shuffled(count: 1) == [0])
  }

  @Test("Glorot initialisation from these numbers begins and ends as published")
  func initialization() {
    let limit1 = (6.0 / 804).squareRoot()
    let limit2 = (6.0 / 30).squareRoot()
    let first = RandomSequence(seed: 20_171_107, stream: .initialization, model: 0)
      .symmetricUniforms(count: 15_910)
    let published: [(Double, Double)] = [
      (limit1 * first[0], 0.05192646770574549), (limit1 * first[1], 0.0841270679396482),
      (limit1 * first[2], -0.07762307693746906), (limit2 * first[15_700], 0.02005259129279329),
      (limit2 * first[15_701], -0.20117537853300663),
    ]
    for (value, expected) in published { #expect((value - expected).magnitude < 1e-15) }
    let last = RandomSequence(seed: 20_171_107, stream: .initialization, model: 99)
    let value = limit2 * (2 * last.uniform(at: 15_899) - 1)
    #expect((value - -0.24153100263904395).magnitude < 1e-15)
  }
}
