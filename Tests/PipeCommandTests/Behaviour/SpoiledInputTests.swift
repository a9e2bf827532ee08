import Foundation
import Testing

/// Whatever a command does to its inputs, neither the project nor the cache feels it.
@Suite(.timeLimit(.minutes(5)))
struct SpoiledInputTests {
  /// Bytes of an input: copied and large ones are put in place in different ways.
  static let sizes = [1000, 24_000_000]

  private static let spoil = """
    for f in in.bin made.bin d/x; do test ! -e $f || { echo spoiled >> $f; chmod 777 $f; }; done
    echo 1 > done.txt
    """

  @Test(arguments: sizes)
  func aCommandCannotSpoilAFileOfTheProject(size: Int) async throws {
    let text = manifest(
      shellStage(
        "spoil", Self.spoil, #""inputs": { "i": "in.bin" }, "outputs": { "o": "done.txt" }"#))
    try await withProject(text) { project in
      let bytes = Data(repeating: 7, count: size)
      let path = project.path("in.bin")
      try bytes.write(to: URL(fileURLWithPath: path))
      _ = try await project.pipe("run")
      #expect(FileManager.default.contents(atPath: path) == bytes, "the user's file was changed")
    }
  }

  @Test(arguments: sizes)
  func aCommandCannotSpoilAResult(size: Int) async throws {
    let text = manifest(
      shellStage(
        "make", "head -c \(size) /dev/zero > made.bin; mkdir d; cp made.bin d/x",
        #""outputs": { "m": "made.bin", "d": "d/" }"#),
      shellStage(
        "spoil", Self.spoil,
        #""inputs": { "m": "make.m", "d": "make.d" }, "outputs": { "o": "done.txt" }"#),
      shellStage(
        "after", "cat made.bin d/x | wc -c > count.txt",
        #""inputs": { "m": "make.m", "d": "make.d", "o": "spoil" }, "#
          + #""outputs": { "o": "count.txt" }"#))
    try await withProject(text) { project in
      try await project.run()
      let count = try project.read("count.txt").trimmingCharacters(in: .whitespacesAndNewlines)
      #expect(count == "\(2 * size)")
      #expect(try FileTimes(of: project.path("made.bin")).size == size)
      #expect(try await project.pipe("cache", "check").status == 0)
      #expect(try await project.run().totals == Totals(hits: 3))
    }
  }

  @Test(arguments: sizes)
  func anEditOfAnOutputDoesNotReachTheCache(size: Int) async throws {
    let text = manifest(
      shellStage(
        "make", "head -c \(size) /dev/zero > made.bin", #""outputs": { "m": "made.bin" }"#))
    try await withProject(text) { project in
      try await project.run()
      let handle = try FileHandle(
        forWritingTo: URL(fileURLWithPath: project.path("made.bin")))
      try handle.seekToEnd()
      try handle.write(contentsOf: Data("edit".utf8))
      try handle.close()
      #expect(try await project.run().totals == Totals(hits: 1, restored: 1))
      #expect(try FileTimes(of: project.path("made.bin")).size == size)
      #expect(try await project.pipe("cache", "check").status == 0)
    }
  }

  @Test(arguments: sizes)
  func aLargeInputLooksLikeASmallOne(size: Int) async throws {
    let text = manifest(
      shellStage(
        "look", "find data -type f > files.txt",
        #""inputs": { "d": "data/" }, "outputs": { "o": "files.txt" }"#))
    try await withProject(text) { project in
      try project.makeFolder("data")
      let path = project.path("data/x.bin")
      try Data(repeating: 7, count: size).write(to: URL(fileURLWithPath: path))
      try await project.run()
      #expect(try project.read("files.txt") == "data/x.bin\n")
    }
  }
}
