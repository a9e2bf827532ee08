import Foundation
import Testing

/// Commands that wait for a test.
enum BlockedRun {
  /// Shell text: waits for the gate, and gives up when the test has gone.
  static let waitForGate = #"while [ ! -e "$GATE" ] && [ -d "$OUTSIDE" ]; do sleep 0.02; done"#

  /// As ``waitForGate``, but only once the ledger has `count` lines.
  static func waitForGate(after count: Int) -> String {
    """
    if [ "$(wc -l < "$LEDGER")" -ge \(count) ]; then
      \(waitForGate)
    fi
    """
  }

  /// Shell text: starts a child and a grandchild that would outlive the test, writes their
  /// identifiers and its own to the file `pids`, and waits for them.
  static let startFamily = """
    sh -c 'sleep 300 & echo $! >> "$OUTSIDE/pids"; wait' &
    echo $! >> "$OUTSIDE/pids"
    echo $$ >> "$OUTSIDE/pids"
    wait
    """
}

extension TestProject {
  /// The identifiers that ``BlockedRun/startFamily`` wrote.
  func family() -> [Int32] {
    ((try? read(outside + "/pids")) ?? "").split(separator: "\n").compactMap { Int32($0) }
  }

  /// What runs left in the place for private folders, but for the file that programs lock there.
  func workFolders() -> [String] { names(in: "cache/work").filter { $0 != "lock" } }
}
