import Foundation
import Testing

/// What a command leaves in its private folder stands in nobody's way.
@Suite(.timeLimit(.minutes(5)))
struct LeftoverTests {
  private static let stage = shellStage(
    "part",
    """
    find . "$TMPDIR" -type f > "$PIPE_OUTPUT_o"
    mkdir d; touch d/x junk "$TMPDIR/x"
    chmod 444 junk
    chmod a-w d . "$TMPDIR" "$PIPE_JSON" ../about ../log ..
    """,
    #""map": { "i": [1, 2, 3] }, "inputs": { "in": "in.txt" }, "outputs": { "o": "out/{i}" }"#)

  /// Root would not be kept from anything by modes.
  @Test(.enabled(if: Unprivileged.isPossible)) func modesThatForbidRemovalAreMended() async throws {
    try await withProject(manifest(Self.stage)) { project in
      try project.write("x", to: "in.txt")
      try await project.tool("chmod", "-R", "a+rwX", project.root, project.outside)
      let outcome = try await Unprivileged.start("run", "--jobs", "1", in: project).outcome()
      #expect(outcome.status == 0, "\(outcome)")
      for number in 1...3 {
        let files = try project.read("out/\(number)").split(separator: "\n").sorted()
        #expect(files == ["./in.txt", "./out/\(number)"])
      }
      #expect(project.workFolders().isEmpty)
    }
  }
}
