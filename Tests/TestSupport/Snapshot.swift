import Foundation
import Testing

/// Compares `text` with the file `Snapshots/<name>` beside the calling file; a missing one fails.
///
/// With `PIPE_RECORD_SNAPSHOTS=1` in the environment the file is written instead, and the test still fails.
package func expectSnapshot(_ text: String, _ name: String, file: String = #filePath) throws {
  let folder = URL(filePath: file).deletingLastPathComponent().appending(path: "Snapshots")
  let url = folder.appending(path: name)
  if ProcessInfo.processInfo.environment["PIPE_RECORD_SNAPSHOTS"] == "1" {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
    Issue.record("recorded \(name); look at it, then run again without PIPE_RECORD_SNAPSHOTS")
    return
  }
  let stored = try? Data(contentsOf: url)
  #expect(stored != nil, "no snapshot \(name); record it with PIPE_RECORD_SNAPSHOTS=1")
  #expect(stored == Data(text.utf8), "\(name) differs from its snapshot")
}
