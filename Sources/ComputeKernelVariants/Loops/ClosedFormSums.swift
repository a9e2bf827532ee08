import CCPU

extension Loops {
  /// Adds a batch's part of the sums behind the closed forms, sixteen images a lane at a time.
  ///
  /// H [batch][row] and L as ``batchOutput`` left them, E as ``settleErrors`` did; S [batch][row]
  /// holds Σ_i x_i²·W1_ij² + b1_j², X [batch] holds ‖x‖². W2 [classes][row], b2 [16].
  ///
  /// `sums` [6][16] grows by, in this order: ℓ; ‖x̃‖²·Σ_j φ′²q_j; ‖h̃‖²·Σ_c p_c(1−p_c);
  /// Σ w²·(Gauss–Newton diagonal); ‖h‖²·Σ_j q_j; ‖∇ℓ‖². Here q_j = Σ_c p_c(W2_jc − Σ_c p_c W2_jc)²,
  /// the form of the variance that does not cancel. Scratch: T [2·row][16], z [2·classes][16].
  @inline(never)
  package static func addClosedForms(
    labels: Span<UInt8>, batch: Span<Int32>, H: Floats, E: Floats, L: Floats, S: Floats,
    X: Floats, W2: Floats, b2: Floats, hidden: Int, row: Int, classes: Int, activation: Int,
    T: inout MutableFloats, z: inout MutableFloats, sums: inout DoubleSums
  ) {
    let groups = (batch.count + 15) / 16
    precondition(row % 16 == 0 && H.floats >= groups * 16 * row && S.floats >= H.floats)
    precondition(E.floats >= groups * 16 * classes && X.floats >= groups * 16)
    precondition(T.floats >= 2 * row * 16 && z.floats >= 2 * classes * 16 && sums.count == 6)
    for group in 0..<groups {
      for unit in stride(from: 0, to: row, by: 16) {
        let from = group * 16 * row + unit
        transpose(H, at: from, stride: row, into: &T, at: unit * 16)
        transpose(S, at: from, stride: row, into: &T, at: (row + unit) * 16)
      }
      let known = labelLanes(labels, batch, group * 16)
      let output = outputParts(E, group * classes * 16, b2, classes, known, &z)
      let units = unitParts(
        T.span, E, group * classes * 16, W2, z.span, hidden, row, classes, activation)
      let inputs = X.lanes(at: group * 16) + 1
      let loss = L.lanes(at: group * 16).replacing(with: 0, where: known .< 0)
      sums[0] += ccpu_to_doubles(loss)
      sums[1] += ccpu_to_doubles(inputs * units.sloped)
      sums[2] += ccpu_to_doubles((units.length + 1) * output.spread)
      sums[3] += ccpu_to_doubles(units.relative + output.relative)
      sums[4] += ccpu_to_doubles(units.length * units.plain)
      sums[5] += ccpu_to_doubles(
        (output.errors * (units.length + 1)).plus(inputs, times: units.back))
    }
  }

  /// What the outputs of sixteen images give by themselves.
  private struct OutputParts {
    /// ‖e‖².
    var errors = Lanes(repeating: 0)
    /// Σ p(1 − p).
    var spread = Lanes(repeating: 0)
    /// Σ b2²·p(1 − p).
    var relative = Lanes(repeating: 0)
  }

  /// Also leaves p in the first half of z [2][classes][16] and p(1 − p) in the second.
  @inline(__always)
  private static func outputParts(
    _ E: Floats, _ at: Int, _ b2: Floats, _ classes: Int, _ known: Lanes,
    _ z: inout MutableFloats
  ) -> OutputParts {
    var parts = OutputParts()
    for c in 0..<classes {
      let error = E.lanes(at: at + c * 16)
      let p = probability(error, c, known)
      let rest = (1 - p).replacing(with: -error, where: known .== Float(c))
      let variance = p * rest
      z.store(p, at: c * 16)
      z.store(variance, at: (classes + c) * 16)
      let bias = b2.float(at: c)
      parts.errors = parts.errors.plus(error, times: error)
      parts.spread += variance
      parts.relative = parts.relative.plus(bias * bias, times: variance)
    }
    return parts
  }

  /// What the hidden units of sixteen images give, summed over units.
  private struct UnitParts {
    /// Σ φ′²q.
    var sloped = Lanes(repeating: 0)
    /// Σ q.
    var plain = Lanes(repeating: 0)
    /// Σ φ′²q·S + h²·Σ_c W2²p(1 − p).
    var relative = Lanes(repeating: 0)
    /// Σ φ′²(W2 e)².
    var back = Lanes(repeating: 0)
    /// Σ h².
    var length = Lanes(repeating: 0)
  }

  @inline(__always)
  private static func unitParts(
    _ T: Floats, _ E: Floats, _ at: Int, _ W2: Floats, _ z: Floats, _ hidden: Int, _ row: Int,
    _ classes: Int, _ activation: Int
  ) -> UnitParts {
    var parts = UnitParts()
    for j in 0..<hidden {
      var mean = Lanes(repeating: 0)
      var error = Lanes(repeating: 0)
      var spread = Lanes(repeating: 0)
      for c in 0..<classes {
        let weight = W2.float(at: c * row + j)
        mean = mean.plus(weight, times: z.lanes(at: c * 16))
        error = error.plus(weight, times: E.lanes(at: at + c * 16))
        spread = spread.plus(weight * weight, times: z.lanes(at: (classes + c) * 16))
      }
      var q = Lanes(repeating: 0)
      for c in 0..<classes {
        let distance = W2.float(at: c * row + j) - mean
        q = q.plus(z.lanes(at: c * 16), times: distance * distance)
      }
      let h = T.lanes(at: j * 16)
      let slope = slope(h, activation)
      let sloped = slope * slope * q
      let back = slope * error
      parts.sloped += sloped
      parts.plain += q
      parts.relative = parts.relative.plus(sloped, times: T.lanes(at: (row + j) * 16))
        .plus(h * h, times: spread)
      parts.back = parts.back.plus(back, times: back)
      parts.length = parts.length.plus(h, times: h)
    }
    return parts
  }
}
