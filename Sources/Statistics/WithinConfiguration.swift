/// The correlation within configurations: what is left when differences between them are taken out.
package enum WithinConfiguration {
  /// Pearson's r of x and y, each divided by the mean of its configuration, less 1, pooled.
  ///
  /// `configurations` names each point's; nil where a mean is 0 or nothing varies.
  package static func correlation(
    _ x: [Double], _ y: [Double], configurations: [Int]
  ) -> Double? {
    guard let x = relative(x, configurations), let y = relative(y, configurations) else {
      return nil
    }
    return Pearson.correlation(x, y)
  }

  private static func relative(_ values: [Double], _ configurations: [Int]) -> [Double]? {
    var sums: [Int: (sum: Double, count: Double)] = [:]
    for (value, configuration) in zip(values, configurations) {
      let entry = sums[configuration] ?? (0, 0)
      sums[configuration] = (entry.sum + value, entry.count + 1)
    }
    let relative = zip(values, configurations).map { value, configuration in
      let entry = sums[configuration] ?? (0, 0)
      return value / (entry.sum / entry.count) - 1
    }
    return relative.allSatisfy(\.isFinite) ? relative : nil
  }
}
