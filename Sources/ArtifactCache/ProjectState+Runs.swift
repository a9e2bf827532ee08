extension ProjectState {
  private var runFile: StateFile { file("runs.log", .run) }
  private var keyFile: StateFile { file("needed-keys", .neededKeys) }

  /// Adds a run to the history.
  package func noteRun(_ run: RunSummary) throws(CacheError) {
    try exclusively { () throws(CacheError) in try runFile.append(run.encoded) }
  }

  /// The history of runs, oldest first.
  package func runs() throws(CacheError) -> [RunSummary] {
    var runs: [RunSummary] = []
    for payload in try runFile.payloads() {
      do throws(MalformedBytes) {
        var reader = ByteReader(payload)
        runs.append(try RunSummary(from: &reader))
      } catch {
        runFile.forget(error)
      }
    }
    return runs
  }

  /// Notes the keys of all branches of the present plan: what collecting garbage must keep.
  package func replaceNeededKeys(_ keys: [Digest]) throws(CacheError) {
    var writer = ByteWriter(reserving: 4 + keys.count * Digest.byteCount)
    writer.append(UInt32(keys.count))
    for key in keys { writer.append(key) }
    let payload = writer.bytes
    try exclusively { () throws(CacheError) in try keyFile.replace(with: payload) }
  }

  /// The keys of the last complete plan.
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
