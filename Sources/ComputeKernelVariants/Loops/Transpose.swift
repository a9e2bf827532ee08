extension Loops {
  /// Turns 16 rows of 16 floats: B[j][i] = A[i][j].
  ///
  /// A lies with `stride` floats from row to row, B is [16][16]. Four rounds, each of which sorts
  /// even and odd places of neighbours apart.
  @inline(__always)
  static func transpose(
    _ A: Floats, at index: Int, stride: Int, into B: inout MutableFloats, at target: Int
  ) {
    var t = (
      A.lanes(at: index),
      A.lanes(at: index + stride),
      A.lanes(at: index + 2 * stride),
      A.lanes(at: index + 3 * stride),
      A.lanes(at: index + 4 * stride),
      A.lanes(at: index + 5 * stride),
      A.lanes(at: index + 6 * stride),
      A.lanes(at: index + 7 * stride),
      A.lanes(at: index + 8 * stride),
      A.lanes(at: index + 9 * stride),
      A.lanes(at: index + 10 * stride),
      A.lanes(at: index + 11 * stride),
      A.lanes(at: index + 12 * stride),
      A.lanes(at: index + 13 * stride),
      A.lanes(at: index + 14 * stride),
      A.lanes(at: index + 15 * stride)
    )
    for _ in 0..<4 {
      t = (
        even(t.0, t.1), even(t.2, t.3), even(t.4, t.5), even(t.6, t.7), even(t.8, t.9),
        even(t.10, t.11), even(t.12, t.13), even(t.14, t.15), odd(t.0, t.1), odd(t.2, t.3),
        odd(t.4, t.5), odd(t.6, t.7), odd(t.8, t.9), odd(t.10, t.11), odd(t.12, t.13),
        odd(t.14, t.15)
      )
    }
    B.store(t.0, at: target)
    B.store(t.1, at: target + 16)
    B.store(t.2, at: target + 32)
    B.store(t.3, at: target + 48)
    B.store(t.4, at: target + 64)
    B.store(t.5, at: target + 80)
    B.store(t.6, at: target + 96)
    B.store(t.7, at: target + 112)
    B.store(t.8, at: target + 128)
    B.store(t.9, at: target + 144)
    B.store(t.10, at: target + 160)
    B.store(t.11, at: target + 176)
    B.store(t.12, at: target + 192)
    B.store(t.13, at: target + 208)
    B.store(t.14, at: target + 224)
    B.store(t.15, at: target + 240)
  }

  @inline(__always)
  private static func even(_ a: Lanes, _ b: Lanes) -> Lanes {
    Lanes(lowHalf: a.evenHalf, highHalf: b.evenHalf)
  }

  @inline(__always)
  private static func odd(_ a: Lanes, _ b: Lanes) -> Lanes {
    Lanes(lowHalf: a.oddHalf, highHalf: b.oddHalf)
  }
}
