import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A condition that a test waited for in vain.
struct NeverHappened: Error, CustomStringConvertible {
  let what: String
  let limit: Duration

  var description: String { "not within \(limit): \(what)" }
}

/// Waits for `condition`, looking at it again and again; the limit is generous, for slow machines.
func eventually(
  _ what: String, within limit: Duration = .seconds(30), _ condition: () throws -> Bool
) async throws {
  let clock = ContinuousClock()
  let end = clock.now + limit
  while try !condition() {
    guard clock.now < end else { throw NeverHappened(what: what, limit: limit) }
    try await Task.sleep(for: .milliseconds(10))
  }
}

/// Whether the process `identifier` is alive; one that has ended but is not yet reaped is not.
func isAlive(_ identifier: Int32) -> Bool {
  guard kill(identifier, 0) == 0 else { return false }
  guard let status = try? String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8),
    let end = status.lastIndex(of: ")")
  else { return !FileManager.default.fileExists(atPath: "/proc/self") }
  return !status[end...].dropFirst(2).hasPrefix("Z")
}
