import Foundation

/// One line of `pipe run --json`.
struct Event: Decodable, Sendable {
  let event: String
  var branch: String?
  var reason: String?
  var cause: String?
  var hint: String?
  var output: [String]?
  var folder: String?
  var path: String?
  var to: String?
  var paths: [String]?
  var text: String?
  var unchanged: Bool?
  var executed: Int?
  var hits: Int?
  var failed: Int?
  var skipped: Int?
  var restored: Int?
  var interrupted: Bool?
  var artifact: String?
  var offset: Int?
  var seed: String?

  /// The events in `text`; a line that is none is an error.
  static func parse(_ text: String) throws -> [Event] {
    try text.split(separator: "\n").map {
      try JSONDecoder().decode(Event.self, from: Data($0.utf8))
    }
  }

  /// The events in `text` so far; its last line may be in the making.
  static func parse(unfinished text: String) throws -> [Event] {
    guard let end = text.lastIndex(of: "\n") else { return [] }
    return try parse(String(text[..<end]))
  }
}

extension [Event] {
  func named(_ name: String) -> [Event] { filter { $0.event == name } }

  func branches(_ name: String) -> [String] { named(name).compactMap(\.branch) }
}
