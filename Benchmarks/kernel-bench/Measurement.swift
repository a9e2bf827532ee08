import ComputeKernel
import Foundation

/// Times of one piece of work, repeated.
struct Measurement {
  /// Seconds, ascending.
  let times: [Double]

  init(repetitions: Int, _ work: () -> Void) {
    let clock = ContinuousClock()
    times = (0..<repetitions).map { _ in
      clock.measure(work).inSeconds
    }.sorted()
  }

  var median: Double { times[times.count / 2] }
  var least: Double { times[0] }
}

extension Duration {
  var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}

/// A table of results, a line each as they come.
struct ResultTable {
  /// The machine's peak, in GFLOP/s, for the last column.
  let peak: Double

  static func header() {
    print(
      line(["what", "median ms", "least ms", "GFLOP", "GFLOP/s", "of peak"]))
  }

  /// - Parameters:
  ///   - name: what was measured.
  ///   - measurement: its times.
  ///   - operations: floating-point operations of the dense computation, zeros included.
  func row(_ name: String, _ measurement: Measurement, operations: Double) {
    let rate = operations / measurement.median / 1e9
    print(
      Self.line([
        name, Self.text(measurement.median * 1e3), Self.text(measurement.least * 1e3),
        Self.text(operations / 1e9), Self.text(rate), Self.text(rate / peak),
      ]))
  }

  private static func text(_ value: Double) -> String { String(format: "%.2f", value) }

  private static func line(_ cells: [String]) -> String {
    cells.enumerated().map { k, cell in
      k == 0
        ? cell.padding(toLength: 44, withPad: " ", startingAt: 0)
        : String(repeating: " ", count: max(1, 11 - cell.count)) + cell
    }.joined()
  }
}
