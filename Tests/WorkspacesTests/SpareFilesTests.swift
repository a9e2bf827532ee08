import ArtifactCache
import Foundation
import Testing
import Workspaces

struct SpareFilesTests {
  @Test("Inputs are what they should be, whatever the files of the last command were")
  func contentsAreNew() async throws {
    try await withFixture { fixture in
      for (index, text) in ["a long text", "short", "", "longer again", "x"].enumerated() {
        try fixture.write(text, to: "in/\(index)", executable: index == 3)
        var request = shell(
          "cat in/*; find . -type f | wc -l; test -x in/* && echo x; echo junk > in/junk")
        request.inputs = [try fixture.input("i", "in/\(index)")]
        let log = String(decoding: try await fixture.runner.run(request).log, as: UTF8.self)
        #expect(log == "\(text)1\n\(index == 3 ? "x\n" : "")")
      }
    }
  }

  @Test("Stored outputs are whole where longer files were")
  func storedOutputsAreWhole() async throws {
    try await withFixture { fixture in
      var first = shell("printf short > f; mkdir d; printf tiny > d/x; : > d/empty")
      first.outputs = [
        try output("f", "f"),
        DeclaredOutput(name: "d", path: try ProjectPath("d"), form: .folder),
      ]
      let made = try await fixture.runner.run(first)
      let long = try await fixture.runner.run(
        shell(
          "for n in 1 2 3; do echo much longer than that > $n; done; ls -i * | awk '{print $1}'")
      ).log
      var second = shell("ls -i f d/x d/empty | awk '{print $1}'; cat f d/x d/empty")
      second.inputs = try made.outputs.map { output in
        let file = StagedFile(path: try ProjectPath(output.name), content: .stored(output))
        return CommandInput(name: output.name, value: .path(output.name), files: [file])
      }
      let log = try await fixture.runner.run(second).log
      let lines = String(decoding: log, as: UTF8.self).split(separator: "\n")
      #expect(lines.last == "shorttiny")
      #if os(Linux)
        let inodes = String(decoding: long, as: UTF8.self).split(separator: "\n")
        #expect(Set(lines.dropLast()) == Set(inodes), "they were overwritten")
      #endif
    }
  }

  @Test("What outlives a command goes on seeing the file that it has open")
  func openFilesAreLeftAlone() async throws {
    try await withFixture { fixture in
      try fixture.write("first", to: "in")
      try fixture.write("second", to: "next")
      var request = shell(
        """
        setsid sh -c 'exec 3<in; echo > up; while [ ! -e \(fixture.path("go")) ]; do sleep 0.01; done
        cat <&3 > \(fixture.path("seen.part")); mv \(fixture.path("seen.part")) \(fixture.path("seen"))' &
        while [ ! -e up ]; do sleep 0.01; done
        """)
      request.inputs = [try fixture.input("i", "in")]
      _ = try await fixture.runner.run(request)
      request = shell("cat next")
      request.inputs = [try fixture.input("i", "next")]
      let log = try await fixture.runner.run(request).log
      #expect(String(decoding: log, as: UTF8.self) == "second")
      try fixture.write("", to: "go")
      try await eventually { fixture.exists("seen") }
      #expect(try fixture.read("seen") == "first")
    }
  }

  @Test(
    "Files of the last command that cannot be written to stand in nobody's way",
    arguments: [
      // Nobody but root may open it for writing.
      "echo old > a; chmod 444 a",
      "echo old > a; chmod 4755 a",
      // Nor may root while it runs as a program.
      """
      cp "$(command -v sleep)" a; chmod 755 a
      setsid ./a 5 & while ! readlink /proc/$!/exe | grep -q '/a$'; do sleep 0.01; done
      """,
    ])
  func unwritableFilesAreForgotten(leaving: String) async throws {
    try await withFixture { fixture in
      try fixture.write("new", to: "in", executable: true)
      _ = try await fixture.runner.run(shell(leaving))
      var request = shell("cat in; ls -l in | cut -c1-4")
      request.inputs = [try fixture.input("i", "in")]
      let log = try await fixture.runner.run(request).log
      #expect(String(decoding: log, as: UTF8.self) == "new-rwx\n")
    }
  }

  @Test("A command may remove what lies beside its folder")
  func theirFolderMayVanish() async throws {
    try await withFixture { fixture in
      try fixture.write("new", to: "in")
      _ = try await fixture.runner.run(shell("echo old > a; echo old > b"))
      _ = try await fixture.runner.run(shell("rm -r ../spare"))
      for _ in 0..<2 {
        var request = shell("cat in")
        request.inputs = [try fixture.input("i", "in")]
        let log = try await fixture.runner.run(request).log
        #expect(String(decoding: log, as: UTF8.self) == "new")
      }
    }
  }
}
