import StageInterface

/// A folder on an HTTP server that holds the four `.gz` files.
struct MirrorSource: DatasetSource {
  /// Ends with a slash.
  let url: String

  func content(of wanted: WantedFile, at place: Workplace) async throws -> [UInt8] {
    let address = url + wanted.file.fileName + ".gz"
    place.context.log("fetching \(address)")
    return try await onOwnThread { cancellation in
      try Self.content(of: wanted, at: address, place, cancellation)
    }
  }

  private static func content(
    of wanted: WantedFile, at url: String, _ place: Workplace, _ cancellation: CancellationFlag
  ) throws -> [UInt8] {
    let partial = try PartialFile(
      name: wanted.file.fileName + ".gz", folder: place.context.workFolder)
    let meter = ProgressMeter(context: place.context)
    let download = Download(
      url: url, partial: partial, limits: place.limits, cancellation: cancellation,
      progress: meter.show)
    let wasResumed = try download.run()
    do {
      return try finish(partial, wanted, url, place.limits)
    } catch let error as DatasetError {
      partial.remove()
      guard wasResumed else { throw error }
      // The pieces may be of different files: once more, from the beginning.
      place.context.log("the resumed download is wrong (\(error)); fetching it again")
      _ = try download.run()
      defer { partial.remove() }
      return try finish(partial, wanted, url, place.limits)
    }
  }

  private static func finish(
    _ partial: PartialFile, _ wanted: WantedFile, _ url: String, _ limits: TransferLimits
  ) throws -> [UInt8] {
    let content = try IDXFile.content(of: try partial.read(), name: url, limits: limits)
    try wanted.check(content)
    partial.remove()
    return content
  }
}
