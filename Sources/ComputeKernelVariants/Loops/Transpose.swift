import CCPU

extension Loops {
  /// Turns 16 rows of 16 floats: B[j][i] = A[i][j].
  ///
  /// A lies with `stride` floats from row to row from float `index` on, B is [16][16] from `target`
  /// on; they are different memory.
  @inline(__always)
  static func transpose(
    _ A: Floats, at index: Int, stride: Int, into B: inout MutableFloats, at target: Int
  ) {
    precondition(index >= 0 && stride >= 16 && A.floats >= index + 15 * stride + 16)
    precondition(target >= 0 && B.floats >= target + 256)
    unsafe A.bytes.withUnsafeBytes { A in
      unsafe B.withUnsafeMutableBytes { B in
        guard let from = A.baseAddress, let to = B.baseAddress else { return }
        unsafe ccpu_transpose(
          (from + index * floatSize).assumingMemoryBound(to: Float.self), stride,
          (to + target * floatSize).assumingMemoryBound(to: Float.self))
      }
    }
  }
}
