import Foundation

/// Times of one piece of work on one, two, … threads.
///
/// The efficiency is the work done a second and thread, relative to one thread.
struct ScalingTable {
  private let title: String
  private let rows: [(threads: Int, seconds: Double, share: Int)]

  /// - Parameters:
  ///   - title: what is measured.
  ///   - measure: its times on so many threads.
  ///   - share: how much work so many threads do, in units of what one thread does.
  init(_ title: String, _ measure: (Int) -> Measurement, share: (Int) -> Int) {
    self.title = title
    rows = Self.threadCounts.map { ($0, measure($0).least, share($0)) }
  }

  func print() {
    let cells = rows.map { row in
      let speedup = rows[0].seconds / row.seconds * Double(row.share)
      return [
        String(row.threads), String(format: "%.1f", row.seconds * 1e3),
        String(format: "%.2f", speedup), String(format: "%.2f", speedup / Double(row.threads)),
      ]
    }
    TextTable(title: title, header: ["threads", "least ms", "speed-up", "efficiency"], rows: cells)
      .print()
  }

  /// One, two, four, … up to all cores.
  private static var threadCounts: [Int] {
    let cores = ProcessInfo.processInfo.activeProcessorCount
    return sequence(first: 1) { $0 * 2 }.prefix { $0 < cores } + [cores]
  }
}
