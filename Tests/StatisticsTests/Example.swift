import Testing

/// The small data set that all published values are about.
enum Example {
  static let x = [0.31, 0.12, 0.58, 0.47, 0.25, 0.91, 0.66, 0.40]
  static let y = [2.1, 1.7, 2.2, 3.0, 1.9, 3.1, 2.6, 2.4]
  static let c = [1.0, 2, 3, 4, 2, 5, 3, 4]
}

/// Both values agree to `tolerance`, relative where the expected value is larger than 1.
func expectClose(
  _ value: Double?, _ expected: Double, _ tolerance: Double = 1e-12,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let distance = ((value ?? .nan) - expected).magnitude
  #expect(
    distance <= tolerance * max(1, expected.magnitude), "\(value ?? .nan) for \(expected)",
    sourceLocation: sourceLocation)
}
