extension ProjectState {
  private var runFile: StateFile { file("runs.log", .run) }
  private var keyFile: StateFile { file("needed-keys", .neededKeys) }

  /// Adds a run to the history, or tells more of one that is there.
  package func noteRun(_ run: RunSummary) throws(CacheError) {
    try exclusively { () throws(CacheError) in try runFile.append(run.encoded) }
  }

  /// The history of runs, in the order in which they were first noted; of each what was noted last.
  package func runs() throws(CacheError) -> [RunSummary] {
    var runs: [RunSummary] = []
    var places: [String: Int] = [:]
    for payload in try runFile.payloads() {
      do throws(MalformedBytes) {
        var reader = ByteReader(payload)
        let run = try RunSummary(from: &reader)
        if let place = places[run.id] {
          runs[place] = run
        } else {
          places[run.id] = runs.count
          runs.append(run)
        }
      } catch {
        runFile.forget(error)
      }
    }
    return runs
  }

  /// Notes the keys that collecting garbage must keep, those that were used last at the end.
  package func replaceNeededKeys(_ keys: [Digest]) throws(CacheError) {
    let payload = Self.encode(keys)
    try exclusively { () throws(CacheError) in try keyFile.replace(with: payload) }
  }

  /// Notes more of them: those that a run is going to use, in case it does not live to say which it used.
  package func addNeededKeys(_ keys: [Digest]) throws(CacheError) {
    let payload = Self.encode(keys)
    try exclusively { () throws(CacheError) in try keyFile.append(payload) }
  }

  private static func encode(_ keys: [Digest]) -> [UInt8] {
    var writer = ByteWriter(reserving: 4 + keys.count * Digest.byteCount)
    writer.append(UInt32(keys.count))
    for key in keys { writer.append(key) }
    return writer.bytes
  }

  /// The keys of the last complete plan, of partial runs and of runs that were killed since; those that
  /// were used last are at the end.
  package func neededKeys() throws(CacheError) -> [Digest] {
    var keys: [Digest] = []
    for payload in try keyFile.payloads() {
      do throws(MalformedBytes) {
        var reader = ByteReader(payload)
        for _ in 0..<(try reader.count(minimumSize: Digest.byteCount)) {
          keys.append(try reader.digest())
        }
      } catch {
        keyFile.forget(error)
      }
    }
    return keys
  }
}
