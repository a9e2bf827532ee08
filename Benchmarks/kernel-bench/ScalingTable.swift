import Foundation

/// Times of one piece of work on one, two, … threads.
///
/// The efficiency is the work done a second and thread, relative to one thread. `cores` is what the
/// machine gave around the fastest repetition (``MachinePeak/cores(for:)``, the smaller of just
/// before and just after): where it is less than the threads, so is what any work can reach.
struct ScalingTable {
  private static let repetitions = 9

  private let title: String
  private let rows: [Row]

  private struct Row {
    var threads: Int
    var seconds: Double
    var cores: Double
    var share: Int
  }

  /// - Parameters:
  ///   - title: what is measured.
  ///   - work: does it on so many threads.
  ///   - share: how much work so many threads do, in units of what one thread does.
  init(_ title: String, _ work: (Int) -> Void, share: (Int) -> Int) {
    self.title = title
    var rows = Self.threadCounts.map {
      Row(threads: $0, seconds: .infinity, cores: 0, share: share($0))
    }
    // Side by side, so that all numbers of threads meet the same moods of the machine.
    for _ in 0..<Self.repetitions {
      for k in rows.indices {
        let before = MachinePeak.cores(for: rows[k].threads)
        let seconds = Measurement(repetitions: 1) { work(rows[k].threads) }.least
        let after = MachinePeak.cores(for: rows[k].threads)
        guard seconds < rows[k].seconds else { continue }
        rows[k].seconds = seconds
        rows[k].cores = min(before, after)
      }
    }
    self.rows = rows
  }

  func print() {
    let cells = rows.map { row in
      let speedup = rows[0].seconds / row.seconds * Double(row.share)
      return [
        String(row.threads), String(format: "%.1f", row.seconds * 1e3),
        String(format: "%.2f", speedup), String(format: "%.2f", speedup / Double(row.threads)),
        String(format: "%.2f", row.cores),
      ]
    }
    TextTable(
      title: title, header: ["threads", "least ms", "speed-up", "efficiency", "cores"], rows: cells
    ).print()
  }

  /// One, two, four, … up to all cores.
  private static var threadCounts: [Int] {
    let cores = ProcessInfo.processInfo.activeProcessorCount
    return sequence(first: 1) { $0 * 2 }.prefix { $0 < cores } + [cores]
  }
}
