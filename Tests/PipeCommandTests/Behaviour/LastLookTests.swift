import Foundation
import Testing

/// A run that has nothing to do is answered from the memory of the last look, and only then.
///
/// `cache/project/signatures` tells the two apart: a look writes it anew when it is missing, an answer
/// from memory has no use for it.
@Suite(.timeLimit(.minutes(5)))
struct LastLookTests {
  @Test func theSecondLookIsTheLast() async throws {
    try await withLookedAtProject { project in
      #expect(try await project.answersFromMemory())
      #expect(try await project.answersFromMemory())
      let outcome = try await project.look(["run"])
      #expect(outcome.errors.contains("6 branches: 0 executed, 6 up to date"))
    }
  }

  @Test(arguments: LookedAtChange.all)
  func everyChangeIsNoticed(change: LookedAtChange) async throws {
    try await withLookedAtProject { project in
      let ran = project.ledger().count
      try await change.make(project)
      try project.forgetSignatures()
      let outcome = try await project.look(["run"] + change.arguments, change.environment(project))
      #expect(outcome.status != 0 || project.hasSignatures, "from memory: \(outcome)")
      #expect(project.ledger().count - ran == change.executed, "\(outcome)")
      if let expected = change.total { #expect(try project.read("total.txt") == expected) }
    }
  }

  @Test(arguments: LookedAtChange.all.filter(\.isSeenByStatus))
  func statusNoticesToo(change: LookedAtChange) async throws {
    try await withLookedAtProject { project in
      try await change.make(project)
      let environment = change.environment(project)
      let status = try await project.look(["status", "--json"] + change.arguments, environment)
      try project.remove("cache/project/last-look")
      let looked = try await project.look(["status", "--json"] + change.arguments, environment)
      #expect(status.output == looked.output)
      #expect(status.output.contains("\"wouldRun\":1") || status.output.contains("blocked"))
    }
  }

  @Test func statusAnswersTheSameFromMemory() async throws {
    try await withLookedAtProject { project in
      let remembered = try await project.look(["status"])
      let json = try await project.look(["status", "--json"])
      try project.remove("cache/project/last-look")
      #expect(try await project.look(["status"]).output == remembered.output)
      #expect(try await project.look(["status", "--json"]).output == json.output)
    }
  }

  @Test func aDamagedMemoryIsNotBelieved() async throws {
    try await withLookedAtProject { project in
      var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: project.path(lookPath))))
      bytes[bytes.count / 2] ^= 1
      try Data(bytes).write(to: URL(fileURLWithPath: project.path(lookPath)))
      #expect(try await !project.answersFromMemory())
      #expect(try await project.answersFromMemory())
    }
  }

  /// Within one tick of the file system's clock two contents can have one signature.
  @Test func anEditRightAfterALookIsNoticed() async throws {
    try await withLookedAtProject { project in
      for number in 10..<16 {
        try project.write("\(number)\n", to: "in/a.txt")
        for _ in 0..<3 { #expect(try await project.look(["run"]).status == 0) }
        #expect(try project.read("total.txt").hasPrefix("\(number)\n"))
      }
    }
  }

  @Test func aFollowedLinkIsLookedAtAgain() async throws {
    try await withProject { project in
      try LookedAtProject.install(in: project)
      try project.remove("in/a.txt")
      try FileManager.default.createSymbolicLink(
        atPath: project.path("in/a.txt"), withDestinationPath: project.path("a.txt"))
      try project.write("4\n", to: "a.txt")
      try await project.lookTwice()
      #expect(try await !project.answersFromMemory())
    }
  }

  @Test func aPartOfThePipelineIsNotTheWhole() async throws {
    try await withProject { project in
      try LookedAtProject.install(in: project)
      for _ in 0..<3 {
        try await Task.sleep(for: .milliseconds(100))
        #expect(try await project.look(["run", "count"]).status == 0)
      }
      #expect(!project.exists(lookPath))
    }
  }
}

private let lookPath = "cache/project/last-look"

/// Runs `body` with a project that has run, has been looked at, and has settled.
private func withLookedAtProject(_ body: (TestProject) async throws -> Void) async throws {
  try await withProject { project in
    try LookedAtProject.install(in: project)
    try await project.lookTwice()
    try #require(project.exists(lookPath))
    try await body(project)
  }
}

extension TestProject {
  fileprivate var hasSignatures: Bool { exists("cache/project/signatures") }

  fileprivate func forgetSignatures() throws {
    if hasSignatures { try remove("cache/project/signatures") }
  }

  /// Whether a run ends well without having looked.
  fileprivate func answersFromMemory() async throws -> Bool {
    try forgetSignatures()
    let outcome = try await look(["run"])
    try #require(outcome.status == 0, "\(outcome)")
    return !hasSignatures
  }

  /// A run that executes, and one that looks when everything has settled.
  fileprivate func lookTwice() async throws {
    for _ in 0..<2 {
      try await Task.sleep(for: .milliseconds(120))
      let outcome = try await look(["run"])
      try #require(outcome.status == 0, "\(outcome)")
    }
    try await Task.sleep(for: .milliseconds(120))
  }

  /// Runs `pipe` where it finds the project's programs.
  fileprivate func look(
    _ arguments: [String], _ environment: [String: String]? = nil
  ) async throws -> Outcome {
    let environment = environment ?? LookedAtProject.environment(self)
    return try await start(arguments, environment: environment).outcome()
  }
}
