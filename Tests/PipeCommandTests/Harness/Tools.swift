import Foundation

/// Programs that some tests need and a machine may lack.
enum Tools {
  static let hasGit = isOnPath("git")
  static let hasPython = isOnPath("python3")

  private static func isOnPath(_ name: String) -> Bool {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return path.split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
    }
  }
}
