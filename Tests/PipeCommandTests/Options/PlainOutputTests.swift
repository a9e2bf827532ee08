import Foundation
import Testing

/// What is printed where no terminal is.
@Suite(.timeLimit(.minutes(5)))
struct PlainOutputTests {
  private static let escape = "\u{1B}"

  @Test(arguments: [[:], ["NO_COLOR": "1"], ["TERM": "xterm-256color", "CLICOLOR_FORCE": "1"]])
  func aPipeGetsPlainLines(environment: [String: String]) async throws {
    try await withProject { project in
      try FanPipeline(width: 3).install(in: project)
      let run = try await project.pipe("run", environment: environment)
      #expect(!run.text.contains(Self.escape))
      #expect(!run.text.contains("\r"))
      #expect(run.output.isEmpty, "what a run tells is no result: it belongs on standard error")
      let lines = run.errors.split(separator: "\n")
      #expect(lines.count == 6, "one line a branch and one for all: \(run)")
      #expect(lines.first?.hasPrefix("[1/5] source") == true)
      #expect(lines.last?.hasPrefix("5 branches: 5 executed, 0 up to date") == true)
    }
  }

  @Test func terminalEscapesOfACommandAreNotPrinted() async throws {
    let stage = shellStage(
      "red", #"printf '\033[31mred\033[0m\033]0;title\007\n'; exit 1"#,
      #""outputs": { "o": "o.txt" }"#)
    try await withProject(manifest(stage)) { project in
      let run = try await project.pipe("run")
      #expect(run.errors.contains("  | red\n"))
      #expect(!run.errors.contains(Self.escape))
      let logs = try await project.pipe("logs", "red")
      #expect(logs.output == "red\n")
      let raw = try await project.pipe("logs", "red", "--raw")
      #expect(raw.output == "\u{1B}[31mred\u{1B}[0m\u{1B}]0;title\u{7}\n")
    }
  }

  @Test func aNameCannotSmuggleEscapes() async throws {
    let stage = shellStage(
      "s", "echo 1 > $PIPE_OUTPUT_o",
      #""map": { "x": ["\u001b[31mred"] }, "outputs": { "o": "o/{x}" }"#)
    try await withProject(manifest(stage)) { project in
      let run = try await project.pipe("run")
      #expect(!run.text.contains(Self.escape), "\(run)")
      try project.write("edited", to: "o/\u{1B}[31mred")
      let again = try await project.pipe("run")
      #expect(!again.text.contains(Self.escape), "\(again)")
    }
  }

  @Test func aReaderThatGoesAwayIsNoError() async throws {
    try await withProject { project in
      try FanPipeline(form: .separate, width: 300).install(in: project)
      let program = try PipeProgram.path()
      let printed = try await project.tool("sh", "-c", "'\(program)' status | head -n 1")
      #expect(printed.hasPrefix("stage"))
    }
  }

  @Test func aRunGoesOnWhenItsReaderHasGone() async throws {
    try await withProject { project in
      let fan = FanPipeline(width: 10)
      try fan.install(in: project)
      let program = try PipeProgram.path()
      let line = try await project.tool("sh", "-c", "'\(program)' run --json | head -n 1")
      #expect(line.contains("run-started"))
      #expect(project.ledger().count == 12)
      #expect(project.workFolders().isEmpty)
      #expect(try project.read("total.txt") == fan.total)
    }
  }

  @Test func outputThatCannotBeWrittenIsAnError() async throws {
    try await withProject { project in
      try FanPipeline(width: 1).install(in: project)
      try await project.run()
      let program = try PipeProgram.path()
      let status = try await project.tool(
        "sh", "-c", "'\(program)' show part@1.part > /dev/full 2> /dev/null; echo $?")
      #expect(status != "0\n")
    }
  }
}
