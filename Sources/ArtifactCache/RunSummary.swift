/// One line of a project's history: what a run did.
package struct RunSummary: Sendable, Hashable {
  /// Also the name of the run's journal.
  package let id: String
  /// Seconds since 1970.
  package let started: Double
  /// 0 while it is going on, and for ever if it was killed.
  package let finished: Double
  package let executed: Int
  package let hits: Int
  package let failed: Int
  package let skipped: Int

  package init(
    id: String, started: Double, finished: Double, executed: Int, hits: Int, failed: Int,
    skipped: Int
  ) {
    self.id = id
    self.started = started
    self.finished = finished
    self.executed = executed
    self.hits = hits
    self.failed = failed
    self.skipped = skipped
  }
}

extension RunSummary {
  init(from reader: inout ByteReader) throws(MalformedBytes) {
    id = try reader.text()
    started = try reader.double()
    finished = try reader.double()
    executed = try reader.size()
    hits = try reader.size()
    failed = try reader.size()
    skipped = try reader.size()
  }

  var encoded: [UInt8] {
    var writer = ByteWriter(reserving: 80)
    writer.append(id)
    writer.append(started)
    writer.append(finished)
    for count in [executed, hits, failed, skipped] { writer.append(UInt64(count)) }
    return writer.bytes
  }
}
