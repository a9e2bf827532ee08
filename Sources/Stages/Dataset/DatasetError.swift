/// Why a dataset, or one file of it, could not be had.
package enum DatasetError: Error, Equatable, CustomStringConvertible {
  case badSource(String, reason: String)
  /// The server answered with an error.
  case status(Int, url: String)
  /// The transfer ended early; `isCut` when bytes stopped coming in the middle.
  case transfer(String, url: String, isCut: Bool)
  case noHTTP(String)
  case tooLarge(name: String, limit: Int)
  case notCompressed(name: String, beginning: [UInt8])
  case badCompression(name: String, reason: String)
  case wrongDigest(file: String, expected: String, found: String)
  case noFile(file: String, folder: String)
  case badArchive(name: String, reason: String)
  case badTable(name: String, line: Int, reason: String)
  case program(String, status: Int32, lastLines: [String])
  case wrongForm(file: String, reason: String)
  case allSourcesFailed([SourceFailure])

  /// One source that could not supply a file, and why.
  package struct SourceFailure: Equatable, Sendable {
    package var source: String
    package var reason: String
  }

  package var description: String {
    switch self {
    case .badSource(let source, let reason):
      "source '\(source)' \(reason)"
    case .status(let status, let url):
      "\(url) answered \(status)\(Self.meaning(of: status))"
    case .transfer(let message, let url, _):
      "\(url): \(message)"
    case .noHTTP(let message):
      "libcurl could not be opened (\(message)); on Debian: apt-get install libcurl4"
    case .tooLarge(let name, let limit):
      "\(name) is larger than \(limit >> 20) MB, the most that is read"
    case .notCompressed(let name, let beginning):
      "\(name) is neither gzip nor IDX; it begins with "
        + String(decoding: beginning, as: UTF8.self).debugDescription
    case .badCompression(let name, let reason):
      "\(name) can't be inflated: \(reason)"
    case .wrongDigest(let file, let expected, let found):
      "\(file) has the wrong content: SHA-256 expected \(expected), found \(found)"
    case .noFile(let file, let folder):
      "there is no \(file) or \(file).gz in \(folder)"
    case .badArchive(let name, let reason):
      "\(name) can't be unpacked: \(reason)"
    case .badTable(let name, let line, let reason):
      "\(name), line \(line): \(reason)"
    case .program(let program, let status, let lastLines):
      ([("\(program) failed with status \(status)")] + lastLines).joined(separator: "; ")
    case .wrongForm(let file, let reason):
      "\(file) has the expected digest, but not the form of MNIST: \(reason)"
    case .allSourcesFailed(let failures):
      failures.reduce("no source has the dataset") { $0 + "\n  \($1.source): \($1.reason)" }
        + "\nhint: put the four .gz files into a folder and add \"file:FOLDER\" to 'sources'"
    }
  }

  private static func meaning(of status: Int) -> String {
    switch status {
    case 401: " (it wants credentials)"
    case 403: " (access refused)"
    case 404, 410: " (no such file)"
    case 429: " (too many requests)"
    case 500...: " (the server is in trouble)"
    default: ""
    }
  }
}
