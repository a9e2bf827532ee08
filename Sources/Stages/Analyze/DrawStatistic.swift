import Findings

/// Turns the changes of loss of one model into one number a draw.
enum DrawStatistic {
  /// The values of all draws in `rows` (in order of draw); antithetic rows of one draw make one value.
  static func values(
    _ rows: [DrawRow], _ statistic: AnalysisSettings.Statistic
  ) throws(AnalyzeError) -> [Double] {
    var values: [Double] = []
    var index = rows.startIndex
    while index < rows.endIndex {
      let end = rows[index...].firstIndex { $0.draw != rows[index].draw } ?? rows.endIndex
      let changes = rows[index..<end].map(\.change)
      guard statistic != .pair || changes.count == 2 else { throw .needsAntithetic }
      let parts = statistic == .abs ? changes.map(\.magnitude) : changes
      values.append(parts.reduce(0, +) / Double(parts.count))
      index = end
    }
    return values
  }
}
