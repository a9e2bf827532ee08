import Foundation

/// The download of one URL into a ``PartialFile``, continued where an earlier one was cut.
struct Download {
  let url: String
  let partial: PartialFile
  let limits: TransferLimits
  let cancellation: CancellationFlag
  /// Called with the bytes that are there and, when the server told it, the size of the whole.
  let progress: (_ done: Int, _ total: Int?) -> Void

  /// Fetches what is missing; afterwards the partial file is the whole one.
  ///
  /// A transfer that was cut in the middle is continued as long as each attempt brings bytes.
  ///
  /// - Returns: whether the file was put together from more than one transfer.
  func run() throws -> Bool {
    var wasResumed = false
    var resumptions = 0
    while true {
      let before = partial.progress(of: url).size
      do {
        wasResumed = try attempt() || wasResumed
        return wasResumed
      } catch DatasetError.transfer(_, _, isCut: true)
        where resumptions < limits.resumptions && partial.progress(of: url).size > before
      {
        wasResumed = true
        resumptions += 1
      } catch let error as DatasetError where before > 0 && Self.isAboutRange(error) {
        // What is there can't be continued; the next attempt begins anew.
        partial.remove()
      } catch let error as DatasetError {
        if case .tooLarge = error { partial.remove() }
        throw error
      }
    }
  }

  /// One transfer; whether it continued an earlier one.
  private func attempt() throws -> Bool {
    let present = partial.progress(of: url)
    var writer: FileHandle?
    defer { try? writer?.close() }
    var done = 0
    // The first call, with no bytes, comes when the head is complete.
    let request = HTTPRequest(url: url, headers: rangeHeaders(present), limits: limits)
    let head = try request.perform(cancellation: cancellation) { head, bytes in
      if writer == nil {
        done = try begin(head, present.size)
        writer = try partial.openAtEnd()
      }
      done += bytes.count
      guard done <= limits.fileSize else { throw tooLarge }
      try writer?.write(contentsOf: Data(bytes))
      progress(done, total(head))
    }
    return head.status == 206
  }

  /// Prepares the partial file for the body that follows `head`; how much of it is kept.
  private func begin(_ head: HTTPRequest.Head, _ present: Int) throws -> Int {
    let isContinuation = head.status == 206
    if isContinuation, Self.rangeStart(head) != present {
      throw DatasetError.transfer("the server sent another range", url: url, isCut: false)
    }
    let kept = isContinuation ? present : 0
    if let rest = head.fields["content-length"].flatMap({ Int($0) }) {
      guard rest <= limits.fileSize - kept else { throw tooLarge }
    }
    if !isContinuation { try partial.begin(url: url, validator: Self.validator(head)) }
    return kept
  }

  private var tooLarge: DatasetError { .tooLarge(name: url, limit: limits.fileSize) }

  private func rangeHeaders(_ present: (size: Int, validator: String?)) -> [String] {
    guard present.size > 0 else { return [] }
    return ["Range: bytes=\(present.size)-"] + (present.validator.map { ["If-Range: \($0)"] } ?? [])
  }

  /// What the server says is the size of the whole, if that can be.
  private func total(_ head: HTTPRequest.Head) -> Int? {
    let told =
      head.status == 206
      ? head.fields["content-range"]?.split(separator: "/").last.flatMap { Int($0) }
      : head.fields["content-length"].flatMap { Int($0) }
    return told.flatMap { (0...limits.fileSize).contains($0) ? $0 : nil }
  }

  /// `bytes 100-199/200` begins at 100.
  private static func rangeStart(_ head: HTTPRequest.Head) -> Int? {
    guard let range = head.fields["content-range"], range.hasPrefix("bytes ") else { return nil }
    return range.dropFirst(6).split(separator: "-").first.flatMap { Int($0) }
  }

  /// If-Range takes strong validators only.
  private static func validator(_ head: HTTPRequest.Head) -> String? {
    if let tag = head.fields["etag"], tag.hasPrefix("\"") { return tag }
    return head.fields["last-modified"]
  }

  private static func isAboutRange(_ error: DatasetError) -> Bool {
    switch error {
    case .status(416, _), .transfer("the server sent another range", _, _): true
    default: false
    }
  }
}
