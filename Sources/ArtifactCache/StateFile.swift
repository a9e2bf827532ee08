/// One file of a project's state: a journal of frames of one kind, or a snapshot of a single one.
///
/// Several processes may write it; each does so under the project's lock.
struct StateFile: Sendable {
  let folder: String
  let name: String
  let kind: Frame.Kind
  let files: any FileOperations
  let onNotice: @Sendable (CacheNotice) -> Void

  var path: String { folder + "/" + name }

  var isThere: Bool {
    get throws(CacheError) { try files.status(at: path) != nil }
  }

  /// The payloads of all whole frames, oldest first; what is damaged is told and left out.
  func payloads() throws(CacheError) -> [ArraySlice<UInt8>] {
    guard let file = try OpenFile.readingIfPresent(path, files) else { return [] }
    let size = try file.status().size
    let scan = FrameScan(try file.read(size, at: 0), at: 0)
    for gap in scan.damaged {
      onNotice(.damagedFrame(journal: name, offset: gap.offset, length: gap.length))
    }
    return scan.frames.filter { $0.kind == kind.rawValue }.map(\.payload)
  }

  /// The payload of a file that is one frame; nil where there is no such file or frame.
  func snapshot() throws(CacheError) -> ArraySlice<UInt8>? {
    guard let file = try OpenFile.readingIfPresent(path, files) else { return nil }
    let size = try file.status().size
    guard let frame = Frame.decode(try file.read(size, at: 0)[...]), frame.kind == kind.rawValue
    else { return nil }
    return frame.payload
  }

  func append(_ payload: [UInt8]) throws(CacheError) {
    let writer = try JournalWriter.continuing(path, files)
    _ = try writer.append(Frame.encode(kind, payload))
  }

  /// Puts one frame in place of all.
  func replace(with payload: [UInt8]) throws(CacheError) {
    let file = try AtomicFile(in: folder + "/temporary", mode: 0o666, files)
    try file.append(Frame.encode(kind, payload))
    try file.commit(to: path)
  }

  /// Tells that a payload makes no sense; what it held is forgotten.
  func forget(_ problem: MalformedBytes) {
    onNotice(.stateForgotten(path: path, reason: problem.reason))
  }
}
