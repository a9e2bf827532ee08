import Foundation

/// The built program that the tests drive.
///
/// It is what `PIPE_TEST_BINARY` names or, as in a build of the whole package, the `pipe` that lies
/// beside the test bundle.
enum PipeProgram {
  struct Missing: Error, CustomStringConvertible {
    let looked: String

    var description: String {
      "there is no program '\(looked)': build it first (swift build -c release --product pipe), "
        + "or name it in PIPE_TEST_BINARY"
    }
  }

  static func path() throws -> String {
    let path = ProcessInfo.processInfo.environment["PIPE_TEST_BINARY"] ?? besideTests
    guard FileManager.default.isExecutableFile(atPath: path) else { throw Missing(looked: path) }
    return path
  }

  private static var besideTests: String {
    var folder = URL(fileURLWithPath: bundlePath).resolvingSymlinksInPath()
    // On macOS the bundle is a folder, and the tests run in a helper of the toolchain.
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      let candidate = folder.appending(path: "pipe").path
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: candidate, isDirectory: &isFolder),
        !isFolder.boolValue
      {
        return candidate
      }
    }
    return URL(fileURLWithPath: bundlePath).deletingLastPathComponent().path + "/pipe"
  }

  private static var bundlePath: String {
    let arguments = CommandLine.arguments
    if let flag = arguments.firstIndex(of: "--test-bundle-path"), flag + 1 < arguments.count {
      return arguments[flag + 1]
    }
    return FileManager.default.fileExists(atPath: "/proc/self/exe")
      ? "/proc/self/exe" : arguments[0]
  }
}
