extension Loops {
  /// Makes the error of each image's own class what the other classes leave: e_y = −Σ_{c≠y} p_c.
  ///
  /// p_y − 1 rounds away what a sure network still gets wrong, which training can do without and
  /// a measure cannot; the sum of the others keeps it. E as ``batchOutput`` left it.
  @inline(never)
  package static func settleErrors(
    labels: Span<UInt8>, batch: Span<Int32>, classes: Int, E: inout MutableFloats
  ) {
    let groups = (batch.count + 15) / 16
    precondition(E.floats >= groups * 16 * classes)
    for group in 0..<groups {
      let at = group * classes * 16
      let known = labelLanes(labels, batch, group * 16)
      var others = Lanes(repeating: 0)
      for c in 0..<classes {
        others += E.lanes(at: at + c * 16).replacing(with: 0, where: known .== Float(c))
      }
      for c in 0..<classes {
        let error = E.lanes(at: at + c * 16)
        E.store(error.replacing(with: -others, where: known .== Float(c)), at: at + c * 16)
      }
    }
  }

  /// The probability of class `c` from its error, for sixteen images.
  @inline(__always)
  static func probability(_ error: Lanes, _ c: Int, _ labels: Lanes) -> Lanes {
    error.replacing(with: error + 1, where: labels .== Float(c))
  }
}
