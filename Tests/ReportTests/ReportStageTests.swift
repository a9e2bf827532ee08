import Findings
import Foundation
import Report
import StageInterface
import TestSupport
import Testing

@Suite struct ReportStageTests {
  static func run(
    _ findings: StudyFindings,
    title: String = "Do smoother areas of the error surface lead to better generalization?"
  ) async throws -> [String: [UInt8]] {
    let recorder = Recorder()
    func artifact(_ bytes: [UInt8], _ digit: String) -> Artifact {
      Artifact(digest: String(repeating: digit, count: 64), size: bytes.count) { bytes }
    }
    let context = StageContext(
      branch: "report", cores: 1, parameters: .object(["title": .string(title)]),
      inputs: [
        "analysis": [
          "analysis": artifact(try findings.json(), "a"),
          "models": artifact(Array("model,gap\n0,0.03\n".utf8), "b"),
          "draws": artifact(Array("model,draw\n0,0\n".utf8), "c"),
        ]
      ], collectedInputs: [:], workFolder: NSTemporaryDirectory(), services: recorder)
    try await ReportStage().run(context)
    return recorder.files
  }

  static func markdown(_ findings: StudyFindings, title: String = "T") async throws -> String {
    let files = try await run(findings, title: title)
    return String(decoding: try #require(files["report/README.md"]), as: UTF8.self)
  }

  @Test func theReportIsTheSnapshot() async throws {
    let files = try await Self.run(Fixture.findings())
    for (path, bytes) in files.sorted(by: { $0.key < $1.key }) where !path.hasSuffix(".csv") {
      let name = path.replacingOccurrences(of: "report/", with: "")
      try expectSnapshot(String(decoding: bytes, as: UTF8.self), name)
    }
  }

  @Test func everyLinkedFileIsWrittenAndEveryFileIsLinked() async throws {
    let files = try await Self.run(Fixture.findings())
    let text = String(decoding: try #require(files["report/README.md"]), as: UTF8.self)
    let linked = Set(text.matches(of: /\]\(([^)#]+)\)/).map { "report/" + $0.1 })
    #expect(linked == Set(files.keys).subtracting(["report/README.md"]))
  }

  @Test func tablesAreCopiedAsTheyAre() async throws {
    let files = try await Self.run(Fixture.findings())
    #expect(files["report/models.csv"] == Array("model,gap\n0,0.03\n".utf8))
    #expect(files["report/draws.csv"] == Array("model,draw\n0,0\n".utf8))
  }

  @Test func theSameFindingsGiveTheSameBytes() async throws {
    let (first, second) = try await (Self.run(Fixture.findings()), Self.run(Fixture.findings()))
    #expect(first == second)
  }

  @Test func findingsOfAnotherFormatAreRefused() async throws {
    var findings = Fixture.findings()
    findings.format = 99
    await #expect(throws: UnknownFindingsFormat.self) { try await Self.run(findings) }
  }

  @Test func aBlankTitleIsAProblem() {
    #expect(ReportStage.problems(in: .object(["title": .string(" ")])).map(\.path) == ["title"])
    #expect(ReportStage.problems(in: .object(["title": .string("T")])).isEmpty)
  }
}
