import Foundation

extension StudyFindings {
  /// The findings as JSON text: sorted keys, shortest doubles, the same bytes for the same findings.
  ///
  /// Throws where a number is not finite, which no finding may be.
  package func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
  }

  /// Reads what ``json()`` wrote; refuses another version of the format.
  package init(json: [UInt8]) throws {
    let decoder = JSONDecoder()
    let version = try decoder.decode(FormatVersion.self, from: Data(json)).format
    guard version == Self.currentFormat else { throw UnknownFindingsFormat(found: version) }
    self = try decoder.decode(Self.self, from: Data(json))
  }

  private struct FormatVersion: Decodable {
    var format: Int
  }
}

/// Findings in a format that this version does not know.
package struct UnknownFindingsFormat: Error, CustomStringConvertible {
  package var found: Int

  package var description: String {
    "the findings are in format \(found), this version reads format "
      + "\(StudyFindings.currentFormat); run the analyze stage again"
  }
}
