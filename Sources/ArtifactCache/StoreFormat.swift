/// The version of the whole store's format, written in its file `format`.
///
/// History (docs/cache-format.md describes each):
/// - 1: first.
enum StoreFormat {
  static let version = 1
  static let text = "pipe cache \(version)"
}
