import Foundation

/// One stage of `pipe status --json`.
struct StageCounts: Decodable, Equatable {
  let name: String
  let kind: String
  let branches: Int
  let upToDate: Int
  let wouldRun: Int
  let mayRun: Int
  let failed: Int
  let reasons: [String: Int]

  private struct Listing: Decodable {
    let stages: [StageCounts]
  }

  /// Stages by name.
  static func parse(_ text: String) throws -> [String: StageCounts] {
    let listing = try JSONDecoder().decode(Listing.self, from: Data(text.utf8))
    return Dictionary(uniqueKeysWithValues: listing.stages.map { ($0.name, $0) })
  }
}
