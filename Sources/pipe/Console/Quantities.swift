import Foundation

/// Durations, sizes and times as people read them.
enum Quantities {
  /// `0.4 s`, `12 s`, `3 m 05 s`, `2 h 10 m`.
  static func duration(_ seconds: Double) -> String {
    // A line is printed for each branch, and `String(format:)` takes ten times as long.
    if seconds < 9.95 { return "\((seconds * 10).rounded() / 10) s" }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return String(format: "%d m %02d s", whole / 60, whole % 60) }
    return String(format: "%d h %02d m", whole / 3600, whole % 3600 / 60)
  }

  /// `812 B`, `4.2 MB`, in powers of 1,000.
  static func size(_ bytes: Int) -> String {
    var value = Double(bytes)
    var units = ["B", "kB", "MB", "GB", "TB"][...]
    while value >= 999.5, units.count > 1 {
      value /= 1000
      units = units.dropFirst()
    }
    let digits = units.first == "B" || value >= 99.5 ? "%.0f %@" : "%.1f %@"
    return String(format: digits, value, units.first ?? "B")
  }

  /// `1 branch`, `2 branches`.
  static func count(_ count: Int, _ singular: String, _ plural: String) -> String {
    "\(count) \(count == 1 ? singular : plural)"
  }

  /// A moment as `2026-01-31 12:00:00`, local time.
  static func moment(_ secondsSince1970: Double) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.dateFormat = "yyyy-MM-dd HH:mm:ss"
    return formatter.string(from: Date(timeIntervalSince1970: secondsSince1970))
  }
}
