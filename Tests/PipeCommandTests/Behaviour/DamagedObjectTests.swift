import Foundation
import Testing

/// An object with a flipped byte is found at use, set aside, and made again.
@Suite(.timeLimit(.minutes(5)))
struct DamagedObjectTests {
  @Test(arguments: FanPipeline.Form.allCases)
  func aDamagedResultIsMadeAgain(form: FanPipeline.Form) async throws {
    try await withProject { project in
      let fan = FanPipeline(form: form)
      try fan.install(in: project)
      try await project.run()
      try await project.flipByte(ofOutputOf: fan.name(5))
      try project.remove("parts/5.txt")
      let run = try await project.run()
      #expect(run.executed == [fan.name(5)])
      #expect(run.totals == Totals(executed: 1, hits: 21))
      #expect(try project.read("parts/5.txt") == fan.part(5))
      #expect(project.names(in: "cache/quarantine").count == 1)
      #expect(try await project.run().totals == Totals(hits: 22))
    }
  }

  @Test(arguments: FanPipeline.Form.allCases)
  func aDamagedInputIsMadeAgainBeforeItIsRead(form: FanPipeline.Form) async throws {
    try await withProject { project in
      try FanPipeline(form: form, factor: 2).install(in: project)
      try await project.run()
      try await project.flipByte(ofOutputOf: "source")
      let fan = FanPipeline(form: form, factor: 3)
      try fan.install(in: project)
      let run = try await project.run()
      #expect(run.totals.executed == 22)
      #expect(run.totals.branches == 22)
      #expect(try project.read("total.txt") == fan.total)
      #expect(project.names(in: "cache/quarantine").count == 1)
    }
  }

  @Test func damageIsToldToPeople() async throws {
    try await withProject { project in
      let fan = FanPipeline(width: 3)
      try fan.install(in: project)
      try await project.run()
      try await project.flipByte(ofOutputOf: fan.name(2))
      try project.remove("parts/2.txt")
      let outcome = try await project.pipe("run")
      #expect(outcome.status == 0)
      #expect(outcome.errors.contains("warning:"))
      #expect(outcome.errors.contains("quarantine"))
    }
  }

  @Test func whoOnlyLooksTellsOfADamagedListingOnceAndMovesNothing() async throws {
    let read = { (i: Int) in
      shellStage(
        "read\(i)", "cp d/\(i) o\(i)",
        "\"inputs\": { \"i\": \"d/\(i)\" }, \"outputs\": { \"o\": \"o\(i)\" }")
    }
    let make = shellStage(
      "make", "mkdir d; for i in 1 2 3; do echo $i > d/$i; done", #""outputs": { "d": "d/" }"#)
    try await withProject(manifest(make, read(1), read(2), read(3))) { project in
      try await project.run()
      try await project.flipByte(ofOutputOf: "make")
      // A new look, since the last one is remembered.
      try project.write(manifest(read(3), read(2), read(1), make), to: "pipeline.json")
      let status = try await project.pipe("status")
      #expect(status.errors.split(separator: "\n").count == 1, "\(status)")
      #expect(status.errors.contains("is damaged"), "\(status)")
      #expect(!status.errors.contains("moved"), "nobody tried: \(status)")
      #expect(status.output.contains("output 'd' is missing or damaged"), "\(status)")
      let why = try await project.pipe("why", "make", "read1")
      #expect(why.output.contains("make would run"), "\(why)")
      #expect(why.output.contains("its output 'd' is missing"), "\(why)")
      #expect(try await project.run().executed == ["make"])
    }
  }

  @Test func showRefusesDamagedBytes() async throws {
    try await withProject { project in
      let fan = FanPipeline(width: 3)
      try fan.install(in: project)
      try await project.run()
      try await project.flipByte(ofOutputOf: fan.name(2))
      let outcome = try await project.pipe("show", fan.name(2) + ".part")
      #expect(outcome.status == 3, "\(outcome)")
      #expect(outcome.output == "")
    }
  }
}

extension TestProject {
  /// The stored object of a branch's only output.
  func objectPath(ofOutputOf branch: String) async throws -> String {
    let shown = try await pipe("show", branch)
    let digest = shown.output.split(whereSeparator: \.isWhitespace).last ?? ""
    try #require(digest.count == 64, "\(shown)")
    return path("cache/objects/\(digest.prefix(2))/\(digest)")
  }

  /// Changes one bit in the middle of a stored object and keeps its size, times and mode.
  func flipByte(ofOutputOf branch: String) async throws {
    let object = try await objectPath(ofOutputOf: branch)
    let times = try FileTimes(of: object)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: object))
    bytes[bytes.count / 2] ^= 4
    try await tool("chmod", "u+w", object)
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: object))
    try handle.write(contentsOf: bytes)
    try handle.close()
    try await tool("chmod", "u-w", object)
    try times.set(on: object)
    try #require(try FileTimes(of: object) == times)
  }
}
