/// A tiny dataset in the form of MNIST: images of noise around one pattern for each class.
package struct SmallDataset: Sendable {
  /// IDX files by the names of the dataset's outputs.
  package let files: [String: [UInt8]]

  /// `train` and `test` images; the same for the same numbers.
  package init(train: Int = 30, test: Int = 10) {
    var random = SplitMix(state: 1)
    let patterns = (0..<10).map { _ in (0..<784).map { _ in random.next() % 5 == 0 } }
    var files: [String: [UInt8]] = [:]
    for (name, count) in [("train", train), ("test", test)] {
      let labels = (0..<count).map { _ in UInt8(random.next() % 10) }
      let pixels = labels.flatMap { label in
        patterns[Int(label)].map { isSet -> UInt8 in
          let noise = UInt8(random.next() % 64)
          return isSet ? 255 - noise : (noise > 56 ? noise : 0)
        }
      }
      files[name + "Images"] = [0, 0, 8, 3] + Self.bytes([count, 28, 28]) + pixels
      files[name + "Labels"] = [0, 0, 8, 1] + Self.bytes([count]) + labels
    }
    self.files = files
  }

  private static func bytes(_ numbers: [Int]) -> [UInt8] {
    numbers.flatMap { number in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) } }
  }
}

private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
