/// What a finished branch leaves behind: key, pre-image, outputs and provenance.
package struct Record: Sendable, Hashable {
  package let summary: RecordSummary
  /// What was hashed to make the key, so that two keys can be compared; empty when it was lost.
  package let preimage: [UInt8]

  package init(summary: RecordSummary, preimage: [UInt8]) {
    self.summary = summary
    self.preimage = preimage
  }

  package init(
    key: Digest, preimage: [UInt8], stage: String, branch: String, outputs: [StoredOutput],
    log: ObjectReference?, started: Double, duration: Double, host: String, version: String,
    run: String
  ) {
    summary = RecordSummary(
      key: key, stage: stage, branch: branch, outputs: outputs, log: log, started: started,
      duration: duration, host: host, version: version, run: run)
    self.preimage = preimage
  }

  package var key: Digest { summary.key }
  package var stage: String { summary.stage }
  package var branch: String { summary.branch }
  package var outputs: [StoredOutput] { summary.outputs }
  package var log: ObjectReference? { summary.log }
  package var started: Double { summary.started }
  package var duration: Double { summary.duration }
  package var host: String { summary.host }
  package var version: String { summary.version }
  package var run: String { summary.run }
}

extension Record {
  /// The payload of a record's frame: the summary, then the pre-image.
  var encoded: [UInt8] {
    var writer = ByteWriter(reserving: 512 + preimage.count)
    summary.write(to: &writer)
    writer.append(counted: preimage)
    return writer.bytes
  }

  init(decoding payload: ArraySlice<UInt8>) throws(MalformedBytes) {
    var reader = ByteReader(payload)
    summary = try RecordSummary(from: &reader)
    preimage = Array(try reader.counted())
    try reader.end()
  }
}
