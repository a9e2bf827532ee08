import ArtifactCache
import Synchronization

/// Bytes that neither repeat nor shrink, the same on every run.
func noise(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
  var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
  return (0..<count).map { _ in
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return UInt8(truncatingIfNeeded: state >> 32)
  }
}

/// Bytes that shrink well.
func text(_ count: Int) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: ($0 / 100) ^ ($0 % 13)) }
}

/// Collects what a cache tells.
final class Notices: Sendable {
  private let list = Mutex<[CacheNotice]>([])

  var all: [CacheNotice] { list.withLock(\.self) }

  func add(_ notice: CacheNotice) {
    list.withLock { $0.append(notice) }
  }
}

func openCache(
  _ folder: String, readOnly: Bool = false, files: any FileOperations = SystemFiles(),
  _ notices: Notices = Notices()
) throws(CacheError) -> Cache {
  try Cache.open(at: folder, readOnly: readOnly, files: files) { notices.add($0) }
}

/// A record of one output, whose key is made of `name`.
func record(
  _ name: String, output: ObjectReference, started: Double = 1000, run: String = "run-1",
  log: ObjectReference? = nil
) -> Record {
  Record(
    key: .of(name), preimage: Array("preimage of \(name)".utf8), stage: "stage", branch: name,
    outputs: [StoredOutput(name: "out", form: .file(executable: false), object: output)], log: log,
    started: started, duration: 0.5, host: "host", version: "1", run: run)
}
