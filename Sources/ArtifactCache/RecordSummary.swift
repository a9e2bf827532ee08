/// All of a record but its key pre-image: what a lookup needs.
package struct RecordSummary: Sendable, Hashable {
  package let key: Digest
  package let stage: String
  /// The branch's full name, `train@model=7`.
  package let branch: String
  package let outputs: [StoredOutput]
  /// What the branch printed.
  package let log: ObjectReference?
  /// Seconds since 1970.
  package let started: Double
  /// Seconds.
  package let duration: Double
  package let host: String
  /// Version of the program that made the record.
  package let version: String
  /// Identifies the run; also the name of its journal.
  package let run: String

  package init(
    key: Digest, stage: String, branch: String, outputs: [StoredOutput], log: ObjectReference?,
    started: Double, duration: Double, host: String, version: String, run: String
  ) {
    self.key = key
    self.stage = stage
    self.branch = branch
    self.outputs = outputs
    self.log = log
    self.started = started
    self.duration = duration
    self.host = host
    self.version = version
    self.run = run
  }

  /// When the record was made, in seconds since 1970; of two records for one key the earlier counts.
  package var finished: Double { started + duration }

  /// Every object the record refers to, its log included.
  package var objects: [ObjectReference] {
    outputs.flatMap(\.objects) + (log.map { [$0] } ?? [])
  }

  /// Whether both records hold the same content under the same names.
  package func hasSameOutputs(as other: RecordSummary) -> Bool {
    outputs.count == other.outputs.count
      && zip(outputs, other.outputs).allSatisfy {
        $0.name == $1.name && $0.form == $1.form && $0.object.digest == $1.object.digest
      }
  }
}

extension RecordSummary {
  init(from reader: inout ByteReader) throws(MalformedBytes) {
    key = try reader.digest()
    stage = try reader.text()
    branch = try reader.text()
    let count = try reader.count(minimumSize: 9 + ObjectReference.encodedSize)
    var outputs: [StoredOutput] = []
    outputs.reserveCapacity(count)
    for _ in 0..<count { outputs.append(try StoredOutput(from: &reader)) }
    self.outputs = outputs
    switch try reader.integer(UInt8.self) {
    case 0: log = nil
    case 1: log = try ObjectReference(from: &reader)
    case let other: throw MalformedBytes(reason: "presence byte \(other) is neither 0 nor 1")
    }
    started = try reader.double()
    duration = try reader.double()
    host = try reader.text()
    version = try reader.text()
    run = try reader.text()
  }

  func write(to writer: inout ByteWriter) {
    writer.append(key)
    writer.append(stage)
    writer.append(branch)
    writer.append(UInt32(outputs.count))
    for output in outputs { output.write(to: &writer) }
    writer.append(UInt8(log == nil ? 0 : 1))
    log?.write(to: &writer)
    writer.append(started)
    writer.append(duration)
    writer.append(host)
    writer.append(version)
    writer.append(run)
  }
}
