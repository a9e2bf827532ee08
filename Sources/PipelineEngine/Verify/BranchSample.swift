import PipelineManifest

/// A choice of branches that a seed repeats, on every machine.
enum BranchSample {
  /// `count` of `branches`, each set of that size as likely as any other, in the order given.
  ///
  /// A partial shuffle with the numbers of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom
  /// Number Generators, 2014).
  static func choose(_ count: Int, of branches: [BranchID], seed: UInt64) -> [BranchID] {
    guard count < branches.count else { return branches }
    var generator = SplitMix64(state: seed)
    var positions = Array(branches.indices)
    for index in 0..<count {
      let rest = UInt64(positions.count - index)
      positions.swapAt(index, index + Int(generator.next().multipliedFullWidth(by: rest).high))
    }
    return positions.prefix(count).sorted().map { branches[$0] }
  }

  private struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var bits = state
      bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
      bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
      return bits ^ (bits >> 31)
    }
  }
}
