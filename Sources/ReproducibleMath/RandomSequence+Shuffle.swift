extension RandomSequence {
  /// The numbers 0 ..< count in random order, by Fisher–Yates from the identity.
  ///
  /// For i = count − 1 … 1, element i changes places with element ⌊x·(i + 1) / 2³²⌋, where x is the
  /// word at index count − 1 − i.
  package func shuffled(count: Int) -> [Int32] {
    var order = (0..<Int32(count)).map { $0 }
    shuffle(&order)
    return order
  }

  /// Brings `elements` into the random order of ``shuffled(count:)``.
  package func shuffle<Element>(_ elements: inout [Element]) {
    let count = elements.count
    var words = SIMD4<UInt32>()
    for k in 0..<max(0, count - 1) {
      if k % 4 == 0 { words = block(at: k / 4) }
      let i = count - 1 - k
      let j = Int((UInt64(words[k % 4]) * UInt64(i + 1)) >> 32)
      elements.swapAt(i, j)
    }
  }
}
