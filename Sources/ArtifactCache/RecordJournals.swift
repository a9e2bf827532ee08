/// The journals of a store: `records/<run>.log`, one for each run that made a record.
///
/// They and the objects are the truth about the cache. A journal is written by one process and never
/// changed afterwards.
struct RecordJournals: Sendable {
  let layout: StoreLayout
  let files: any FileOperations

  private static let suffix = ".log"

  /// One journal's records from some offset on.
  struct Contents {
    var entries: [IndexEntry] = []
    var damaged: [FrameScan.Gap] = []
    var torn: FrameScan.Gap?
    /// Where the last whole frame ends.
    var end: Int
    /// Bytes of the file when it was read.
    var size: Int
  }

  /// Sizes of all journals by name.
  func sizes() throws(CacheError) -> [String: Int] {
    try statuses().filter(\.value.isRegular).mapValues(\.size)
  }

  /// Paths of what is called like a journal and is no file.
  func strays() throws(CacheError) -> [String] {
    try statuses().filter { !$0.value.isRegular }.keys.sorted().map(layout.journal)
  }

  private func statuses() throws(CacheError) -> [String: FileStatus] {
    var statuses: [String: FileStatus] = [:]
    for name in try files.list(layout.records) where name.hasSuffix(Self.suffix) {
      statuses[name] = try files.status(at: layout.journal(name))
    }
    return statuses
  }

  /// What a journal holds from `offset` on; nothing where there is none.
  func contents(of name: String, from offset: Int) throws(CacheError) -> Contents {
    guard let file = try OpenFile.readingIfPresent(layout.journal(name), files) else {
      return Contents(end: 0, size: 0)
    }
    let size = try file.status().size
    let bytes = try file.read(max(0, size - offset), at: offset)
    let scan = FrameScan(bytes, at: offset)
    var contents = Contents(end: scan.end, size: offset + bytes.count)
    contents.damaged = scan.damaged
    contents.torn = scan.torn
    for frame in scan.frames where frame.kind == Frame.Kind.record.rawValue {
      var reader = ByteReader(frame.payload)
      if let summary = try? RecordSummary(from: &reader) {
        contents.entries.append(
          IndexEntry(journal: name, offset: frame.offset, length: frame.length, summary: summary))
      } else {
        contents.damaged.append(FrameScan.Gap(offset: frame.offset, length: frame.length))
      }
    }
    return contents
  }

  /// The whole record of an entry, or nil when its frame is no longer as it was.
  func record(of entry: IndexEntry) throws(CacheError) -> Record? {
    guard let file = try OpenFile.readingIfPresent(layout.journal(entry.journal), files) else {
      return nil
    }
    let bytes = try file.read(entry.length, at: entry.offset)
    guard let frame = Frame.decode(bytes[...]), frame.kind == Frame.Kind.record.rawValue,
      let record = try? Record(decoding: frame.payload), record.summary == entry.summary
    else { return nil }
    return record
  }

  /// A writer to a new journal for a run; its name has a number where the run has one already.
  func begin(run: String) throws(CacheError) -> (name: String, writer: JournalWriter) {
    var attempt = 0
    while true {
      let name = (attempt == 0 ? run : "\(run).\(attempt)") + Self.suffix
      if let writer = try create(name) { return (name, writer) }
      attempt += 1
    }
  }

  private func create(_ name: String) throws(CacheError) -> JournalWriter? {
    do throws(CacheError) {
      return try JournalWriter.creating(layout.journal(name), files)
    } catch  where error.isNotThere {
      try files.makeFolders(layout.records)
      return try JournalWriter.creating(layout.journal(name), files)
    }
  }

  /// Whether a run may be called so: its name becomes that of a file.
  static func isAcceptable(run: String) -> Bool {
    !run.isEmpty && run.utf8.count <= 100 && !run.hasPrefix(".")
      && run.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."),
          UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }
}
