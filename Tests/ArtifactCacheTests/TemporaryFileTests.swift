import ArtifactCache
import Foundation
import TestSupport
import Testing

/// What may go of `temporary/`: what a pipe that is gone was writing, and nothing else.
@Suite struct TemporaryFileTests {
  private static let host = Digest.of(hostName()).short

  private static func hostName() -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    gethostname(&buffer, buffer.count - 1)
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Makes a file in `temporary/` that was last written `age` seconds ago.
  private func put(_ name: String, age: Double, in folder: String) throws {
    let path = folder + "/temporary/" + name
    try write([1], path)
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -age)], ofItemAtPath: path)
  }

  private func names(_ folder: String) throws -> [String] {
    try SystemFiles().list(folder + "/temporary").sorted()
  }

  @Test(arguments: [
    "thesis.txt", "a-b-c", "0123456-7-8", "0123456g-7-8", "01234567-x-8", "01234567--8",
    "01234567-0-8", "01234567-7-8.txt", "01234567-+7-8", "01234567-7", "01234567-7-8-9",
  ])
  func filesThatNoPipeMadeStay(name: String) async throws {
    try await withTemporaryFolder { folder in
      try fill(folder, count: 1)
      try put(name, age: 200_000, in: folder)
      let cache = try openCache(folder)
      #expect(try cache.check(repair: false).findings == [])
      _ = try cache.check(repair: true)
      _ = try cache.collectGarbage(GarbagePolicy(emptiesQuarantine: true), dryRun: false)
      #expect(try names(folder) == [name])
    }
  }

  @Test func filesOfOtherHostsGoAfterAnHour() async throws {
    try await withTemporaryFolder { folder in
      try fill(folder, count: 1)
      try put("01234567-1-1", age: 3500, in: folder)
      try put("01234567-1-2", age: 3700, in: folder)
      _ = try openCache(folder)
      #expect(try names(folder) == ["01234567-1-1"])
    }
  }

  #if os(Linux)
    /// As of a run that was stopped for long and goes on: it began before the file was written.
    @Test func aLivingProcessKeepsItsFilesHoweverOld() async throws {
      try await withTemporaryFolder { folder in
        try fill(folder, count: 1)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["sleep", "60"]
        try process.run()
        try await Task.sleep(for: .seconds(3))
        let name = "\(Self.host)-\(process.processIdentifier)-1"
        try put(name, age: 3601.5, in: folder)
        _ = try openCache(folder)
        #expect(try names(folder) == [name])
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        _ = try openCache(folder)
        #expect(try names(folder) == [])
      }
    }

    @Test func aNumberThatAnotherProcessHasNowKeepsNothing() async throws {
      try await withTemporaryFolder { folder in
        try fill(folder, count: 1)
        try put("\(Self.host)-\(getpid())-1", age: 10 * 86_400, in: folder)
        _ = try openCache(folder)
        #expect(try names(folder) == [])
      }
    }
  #endif
}
