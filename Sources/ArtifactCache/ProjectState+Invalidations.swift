extension ProjectState {
  private var invalidationFile: StateFile { file("invalidations.log", .invalidation) }

  /// Notes that records of these branches that were started before `time` do not count here.
  package func invalidate(_ branches: [String], at time: Double) throws(CacheError) {
    var writer = ByteWriter(reserving: 16 + branches.count * 24)
    writer.append(time)
    writer.append(UInt32(branches.count))
    for branch in branches { writer.append(branch) }
    let payload = writer.bytes
    try exclusively { () throws(CacheError) in try invalidationFile.append(payload) }
  }

  /// When each branch was last invalidated, in seconds since 1970.
  package func invalidations() throws(CacheError) -> [String: Double] {
    var times: [String: Double] = [:]
    for payload in try invalidationFile.payloads() {
      do throws(MalformedBytes) {
        var reader = ByteReader(payload)
        let time = try reader.double()
        for _ in 0..<(try reader.count(minimumSize: 4)) {
          let branch = try reader.text()
          times[branch] = max(time, times[branch] ?? time)
        }
      } catch {
        invalidationFile.forget(error)
      }
    }
    return times
  }
}
