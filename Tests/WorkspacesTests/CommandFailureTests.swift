import ArtifactCache
import Foundation
import Testing
import Workspaces

struct CommandFailureTests {
  @Test func exitStatusLogAndFolderAreKept() async throws {
    try await withFixture { fixture in
      var request = shell("echo half > half.txt; echo; printf '\\033[31mboom\\033[0m\\n'; exit 3")
      request.branch = "words@book=a%2Fb"
      let failure = try await failing(fixture, request)
      #expect(failure.reason == .exited(3))
      #expect(failure.lastLines(1) == ["boom"])
      let kept = try #require(failure.keptFolder)
      #expect(kept == fixture.path("cache/failed/words@book=a%2Fb"))
      #expect(try String(contentsOfFile: kept + "/half.txt", encoding: .utf8) == "half\n")
      #expect(FileManager.default.fileExists(atPath: kept + "/.pipe/about/pipe.json"))
      // The next failure replaces it, the next success removes it.
      request.program = .shell("exit 4")
      _ = try await failing(fixture, request)
      #expect(!FileManager.default.fileExists(atPath: kept + "/half.txt"))
      request.program = .shell(":")
      _ = try await fixture.runner.run(request)
      #expect(!FileManager.default.fileExists(atPath: kept))
    }
  }

  @Test(arguments: [
    "cat data/x.csv", "sh -c '. ./data/x.csv'", "python3 -c \"open('data/x.csv')\"",
    "python3 data/x.csv", "ls -l data/x.csv", "sort <data/x.csv", "cp data/x.csv y",
    "cat $PWD/data/x.csv",
  ])
  func undeclaredInputsAreNamed(text: String) async throws {
    try await withFixture { fixture in
      try fixture.write("1", to: "data/x.csv")
      let failure = try await failing(fixture, shell(text))
      #expect(failure.undeclared == ["data/x.csv"])
      #expect(failure.hint?.contains(#""inputs": { "x": "data/x.csv" }"#) == true)
    }
  }

  @Test func undeclaredModulesAreNamed() async throws {
    try await withFixture { fixture in
      try fixture.write("", to: "helper.py")
      let failure = try await failing(fixture, shell("python3 -c 'import helper'"))
      #expect(failure.undeclared == ["helper.py"])
    }
  }

  @Test func declaredFilesAreNoHint() async throws {
    try await withFixture { fixture in
      try fixture.write("1", to: "data/x.csv")
      var request = shell("echo 'data/x.csv: not found in table'; exit 1")
      request.inputs = [try fixture.input("x", "data/x.csv")]
      #expect(try await failing(fixture, request).undeclared.isEmpty)
    }
  }

  @Test func missingOutputSaysWhatIsThereInstead() async throws {
    try await withFixture { fixture in
      try fixture.write("1", to: "in.txt")
      var request = shell("echo 1 > out/count.csv; echo 2 > 'other file'")
      request.inputs = [try fixture.input("i", "in.txt")]
      request.outputs = [try output("counts", "out/counts.csv")]
      let failure = try await failing(fixture, request)
      #expect(
        failure.reason
          == .outputs(
            .missingOutput(
              name: "counts", path: "out/counts.csv", found: ["other file", "out/count.csv"],
              nearest: "out/count.csv")))
      #expect(failure.isWorthRetrying)
    }
  }

  @Test(arguments: [
    "ln -s /etc/passwd o", "mkdir o", "mkdir d; ln -s /etc d/x; touch o",
    "rm -rf out; ln -s / out; touch o",
    "mkdir d; ln -s ../../etc d/x; touch o", "mkfifo o", "mkdir -p d; mkfifo d/p; touch o",
  ])
  func outputsThatAreNoneAreRefused(text: String) async throws {
    try await withFixture { fixture in
      var request = shell(text)
      request.outputs = [try output("o", "o")]
      if text.contains(" d") {
        request.outputs = [DeclaredOutput(name: "d", path: try ProjectPath("d"), form: .folder)]
      }
      if text.contains("out") { request.outputs = [try output("p", "out/etc/passwd")] }
      guard case .outputs = try await failing(fixture, request).reason else {
        Issue.record("not refused")
        return
      }
    }
  }

  @Test func aSourceThatChangesMeanwhileSpoilsTheResult() async throws {
    try await withFixture { fixture in
      try fixture.write("1", to: "data.txt")
      try fixture.write("1", to: "same.txt")
      var request = shell(
        "cp data.txt o; echo 2 > \(fixture.path("data.txt")); touch \(fixture.path("same.txt"))")
      request.inputs = [try fixture.input("i", "data.txt"), try fixture.input("s", "same.txt")]
      request.outputs = [try output("o", "o")]
      #expect(try await failing(fixture, request).reason == .sourcesChanged(["data.txt"]))
      // Its digest is still the one that the run began with, so it cannot be staged any more.
      #expect(try await failing(fixture, request).reason == .inputs(.changed(["data.txt"])))
    }
  }

  @Test func programsThatCannotBeRun() async throws {
    try await withFixture { fixture in
      var request = CommandRequest(branch: "b", stage: "b", program: .arguments(["pyhton3"]))
      guard
        case .programNotFound("pyhton3", let nearest) = try await failing(fixture, request).reason
      else {
        Issue.record("found")
        return
      }
      #expect(nearest == "python3")
      request.program = .arguments(["./run.sh"])
      #expect(
        try await failing(fixture, request).reason == .programNotFound("./run.sh", nearest: nil))
      request.program = .arguments(["true", String(repeating: "x", count: 3 << 20)])
      guard case .notStarted("true", let why) = try await failing(fixture, request).reason else {
        Issue.record("started")
        return
      }
      #expect(why.contains("PIPE_INPUT"))
    }
  }

  @Test func timeoutIsAReasonOfItsOwn() async throws {
    try await withFixture { fixture in
      var request = shell("echo begun; sleep 300")
      request.timeout = 0.3
      let failure = try await failing(fixture, request)
      #expect(failure.reason == .timedOut(0.3))
      #expect(failure.lastLines() == ["begun"])
      #expect(failure.keptFolder != nil)
    }
  }

  @Test func cancellationLeavesNothing() async throws {
    try await withFixture { fixture in
      let runner = fixture.runner
      let request = shell("touch \(fixture.path("begun")); sleep 60")
      let running = Task { () async -> CommandFailure.Reason? in
        do throws(CommandFailure) {
          _ = try await runner.run(request)
          return nil
        } catch {
          return error.reason
        }
      }
      try await eventually { fixture.exists("begun") }
      running.cancel()
      #expect(await running.value == .cancelled)
      #expect(!fixture.exists("cache/failed/b"))
    }
  }
}
