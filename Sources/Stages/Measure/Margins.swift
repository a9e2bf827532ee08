import Statistics

/// What a table tells of the margins of all images.
enum Margins {
  /// A quantile with linear interpolation; not a number if any margin is none.
  static func quantile(_ p: Double, of margins: [Double]) -> Double {
    margins.contains(where: \.isNaN) ? .nan : Quantiles(of: margins)(p)
  }
}
