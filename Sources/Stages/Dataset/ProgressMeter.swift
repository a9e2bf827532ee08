import StageInterface

/// Reports a download in whole megabytes, and only when the number changes.
final class ProgressMeter {
  private let context: StageContext
  private var shown = -1

  init(context: StageContext) {
    self.context = context
  }

  /// Shows `done` of `total` bytes; without a total what is done counts as all.
  func show(_ done: Int, _ total: Int?) {
    let megabytes = done / 1_000_000
    guard megabytes != shown else { return }
    shown = megabytes
    let bytes = total ?? done
    let whole = bytes / 1_000_000 + (bytes % 1_000_000 == 0 ? 0 : 1)
    context.progress(megabytes, of: max(whole, megabytes), "MB")
  }
}
