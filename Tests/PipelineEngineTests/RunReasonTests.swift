import ArtifactCache
import Foundation
import PipelineEngine
import TestSupport
import Testing

@Suite struct RunReasonTests {
  private let one = #""n": { "kind": "leaf", "params": { "addend": 3 } }"#

  /// Runs `before`, then `after`, and gives the reason for which branch `name` ran the second time.
  private func reason(
    _ name: String = "n", from before: String, to after: String,
    between change: (inout TestProject) throws -> Void = { _ in }
  ) async throws -> RunReason? {
    try await withTemporaryFolder { folder in
      var project = TestProject(folder)
      try project.write("in.txt", "first\n")
      #expect(try await project.run(before).totals.isSuccess)
      try change(&project)
      return try await project.run(after).reasons[name]
    }
  }

  private func tags(_ reason: RunReason?) -> [String] {
    guard case .changed(let differences)? = reason else { return [] }
    return differences.map { "\($0.tag.rawValue) \($0.name)" }
  }

  @Test func neverRan() async throws {
    try await withTemporaryFolder { folder in
      let outcome = try await TestProject(folder).run(one)
      #expect(outcome.reasons["n"] == .neverRan)
      #expect(outcome.ran == ["n"])
    }
  }

  @Test func nothingChanged() async throws {
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      _ = try await project.run(one)
      let again = try await project.run(one)
      #expect(again.ran.isEmpty && again.reasons.isEmpty && again.hits == ["n"])
      #expect(again.totals.hits == 1 && again.totals.isSuccess)
    }
  }

  @Test func parameter() async throws {
    let reason = try await reason(
      from: one, to: #""n": { "kind": "leaf", "params": { "addend": 4 } }"#)
    #expect(
      reason
        == .changed([KeyDifference(tag: .parameter, name: "addend", old: "3", new: "4")]))
    #expect(reason?.word == "parameters")
  }

  @Test("A parameter that cannot change the result is no reason")
  func unaffectingParameter() async throws {
    let reason = try await reason(
      from: one, to: #""n": { "kind": "leaf", "params": { "addend": 3, "comment": "new" } }"#)
    #expect(reason == nil)
  }

  @Test("A default that is spelt out is no reason")
  func defaultSpeltOut() async throws {
    let reason = try await reason(
      from: one, to: #""n": { "params": { "factor": 1, "addend": 3 }, "kind": "leaf" }"#)
    #expect(reason == nil)
  }

  @Test func code() async throws {
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      _ = try await project.run(one)
      let outcome = try await IntegerKinds.$codeVersion.withValue("version-2") {
        try await project.run(one)
      }
      #expect(
        outcome.reasons["n"]
          == .changed([
            KeyDifference(tag: .code, name: "leaf", old: "version-1", new: "version-2")
          ]))
      #expect(outcome.reasons["n"]?.word == "code")
    }
  }

  @Test func kind() async throws {
    let reason = try await reason(
      "m", from: one + #", "m": { "kind": "one", "inputs": { "a": "n" } }"#,
      to: one + #", "m": { "kind": "two", "inputs": { "a": "n", "b": "n" } }"#)
    #expect(tags(reason) == ["kind ", "code two", "input b.value", "code one"])
    #expect(reason?.word == "definition")
  }

  @Test func input() async throws {
    let reader = #", "m": { "kind": "one", "inputs": { "a": "n" } }"#
    let reason = try await reason(
      "m", from: one + reader,
      to: #""n": { "kind": "leaf", "params": { "addend": 4 } }"# + reader)
    #expect(
      reason
        == .changed([
          KeyDifference(
            tag: .input, name: "a.value", old: "file " + Digest.of(Array("3\n".utf8)).description,
            new: "file " + Digest.of(Array("4\n".utf8)).description)
        ]))
    #expect(reason?.word == "inputs")
  }

  @Test func sourceFile() async throws {
    let stage = command(#""cat in.txt > out.txt""#)
    let reason = try await reason(from: stage, to: stage) { try $0.write("in.txt", "second\n") }
    #expect(tags(reason) == ["file text in.txt"])
    #expect(reason?.word == "inputs")
  }

  @Test func executableBit() async throws {
    let stage = command(#""cat in.txt > out.txt""#)
    let reason = try await reason(from: stage, to: stage) { project in
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: project.path("in.txt"))
    }
    #expect(tags(reason) == ["file text in.txt"])
  }

  @Test func commandText() async throws {
    let reason = try await reason(
      from: command(#""cat in.txt > out.txt""#), to: command(#""sort in.txt > out.txt""#))
    #expect(tags(reason) == ["command shell"])
    #expect(reason?.word == "definition")
  }

  @Test func outputPath() async throws {
    let reason = try await reason(
      from: command(#""cat in.txt > $PIPE_OUTPUT_text""#),
      to: command(#""cat in.txt > $PIPE_OUTPUT_text""#, output: "other.txt"))
    #expect(tags(reason) == ["output text"])
    #expect(reason?.word == "definition")
  }

  @Test(
    arguments: [("a", "b"), (nil, "b"), ("a", nil), ("", nil), (nil, "")] as [(String?, String?)])
  func environment(_ before: String?, _ after: String?) async throws {
    let stage = command(#""cat in.txt > out.txt""#, #""environment": ["COLOUR"],"#)
    let reason = try await withTemporaryFolder { folder in
      var project = TestProject(folder)
      try project.write("in.txt", "first\n")
      project.environment["COLOUR"] = before
      _ = try await project.run(stage)
      project.environment["COLOUR"] = after
      return try await project.run(stage).reasons["n"]
    }
    #expect(tags(reason) == ["environment COLOUR"])
    #expect(reason?.word == "environment")
  }

  @Test("A variable that is only passed on is no reason")
  func passedEnvironment() async throws {
    let stage = command(#""cat in.txt > out.txt""#, #""passEnvironment": ["COLOUR"],"#)
    let reason = try await reason(from: stage, to: stage) { $0.environment["COLOUR"] = "b" }
    #expect(reason == nil)
  }

  @Test("Time-out, retries, cores and memory are no reasons")
  func resources() async throws {
    let reason = try await reason(
      from: command(#""cat in.txt > out.txt""#),
      to: command(
        #""cat in.txt > out.txt""#,
        #""timeout": "1m", "retries": 2, "cores": 2, "memory": "1 MB","#))
    #expect(reason == nil)
  }

  @Test func tool() async throws {
    let stage = command(#""mytool > out.txt""#, #""tools": ["mytool"],"#)
    func install(_ project: inout TestProject, _ text: String) throws {
      try project.write("bin/mytool", "#!/bin/sh\necho \(text)\n")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: project.path("bin/mytool"))
      project.environment["PATH"] = project.path("bin") + ":/usr/bin:/bin"
    }
    try await withTemporaryFolder { folder in
      var project = TestProject(folder)
      try project.write("in.txt", "")
      try install(&project, "one")
      #expect(try await project.run(stage).totals.executed == 1)
      #expect(project.text("out.txt") == "one\n")
      try install(&project, "two")
      let outcome = try await project.run(stage)
      #expect(tags(outcome.reasons["n"]) == ["tool mytool"])
      #expect(outcome.reasons["n"]?.word == "tools")
      #expect(project.text("out.txt") == "two\n")
    }
  }

  @Test func outputsLost() async throws {
    let reason = try await reason(from: one, to: one) { project in
      try project.removeObject(of: "n", output: "value")
    }
    #expect(reason == .outputsLost(output: "value"))
    #expect(reason?.word == "outputs-lost")
  }

  @Test func invalidated() async throws {
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      let stages = one + #", "m": { "kind": "one", "inputs": { "a": "n" } }"#
      _ = try await project.run(stages)
      let time = Date().timeIntervalSince1970
      try ProjectState.open(at: project.cacheFolder) { _ in }.invalidate(["n"], at: time)
      let outcome = try await project.run(stages)
      #expect(outcome.reasons == ["n": .invalidated(at: time)])
      #expect(outcome.ran == ["n"], "equal bytes: nothing after it runs")
      #expect(outcome.unchanged == ["n"])
      #expect(try await project.run(stages).ran.isEmpty, "it counts once")
    }
  }

  @Test func forced() async throws {
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      let stages = one + #", "m": { "kind": "one", "inputs": { "a": "n" } }"#
      _ = try await project.run(stages)
      let target = try await project.run(stages, targets: ["m"], isForced: true)
      #expect(target.reasons == ["m": .forced], "only what was asked for, not what it needs")
      #expect(target.reasons["m"]?.word == "forced")
      let all = try await project.run(stages, isForced: true)
      #expect(all.reasons == ["n": .forced, "m": .forced])
      #expect(all.totals.executed == 2 && all.unchanged == ["m", "n"])
      #expect(try await project.run(stages).ran.isEmpty)
    }
  }

  /// A command `n` that reads in.txt as `text` and writes the output `text`.
  private func command(
    _ command: String, _ more: String = "", output: String = "out.txt"
  ) -> String {
    """
    "n": { "kind": "command", "inputs": { "text": "in.txt" }, \(more) "command": \(command),
           "outputs": { "text": "\(output)" } }
    """
  }
}
