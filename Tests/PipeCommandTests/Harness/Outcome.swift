import Foundation
import Testing

/// What a program left behind when it had ended.
struct Outcome: Sendable, CustomStringConvertible {
  /// The exit code; 128 + the signal's number when a signal ended it, as a shell tells it.
  let status: Int
  let output: String
  let errors: String

  func events() throws -> [Event] { try Event.parse(output) }

  /// Everything that a user would see.
  var text: String { output + errors }

  var description: String { "status \(status)\n--- output\n\(output)\n--- errors\n\(errors)" }

  /// The counts of the last line of a run.
  func totals() throws -> Totals {
    let last = try #require(try events().last, "\(self)")
    try #require(last.event == "run-finished", "\(self)")
    return Totals(
      executed: try #require(last.executed), hits: try #require(last.hits),
      failed: try #require(last.failed), skipped: try #require(last.skipped),
      restored: try #require(last.restored))
  }
}

/// The counts of a run; the first four add up to its branches.
struct Totals: Sendable, Equatable {
  var executed = 0
  var hits = 0
  var failed = 0
  var skipped = 0
  var restored = 0

  var branches: Int { executed + hits + failed + skipped }
}

/// A run that ended as the test wanted, with its events.
struct Run: Sendable {
  let outcome: Outcome
  let events: [Event]
  let totals: Totals

  /// Names of the branches that were executed, sorted.
  var executed: [String] { events.branches("executed").sorted() }

  init(_ outcome: Outcome) throws {
    self.outcome = outcome
    events = try outcome.events()
    totals = try outcome.totals()
  }
}
