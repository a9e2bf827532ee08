import ArtifactCache
import Foundation
import PipelineEngine
import TestSupport
import Testing

/// The exact bytes of key pre-images.
///
/// A test that fails here says that every key of that sort changes: all stored results are lost to
/// their users. Change the expectation only when that is meant, and say so in `docs/keys.md`.
@Suite struct PinnedKeyTests {
  // By sha256sum of "0\n", "3\n", "hello\n", "#!/bin/sh\n>o\n" and "red".
  private static let zero = "9a271f2a916b0b6ee6cecb2426f0b3206ef074578be55d9bc94f6f3fe3ab86aa"
  private static let three = "1121cfccd5913f0a63fec40a6ffd44ea64f9dc135c66634ba001d10bcf4302a2"
  private static let hello = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"
  private static let tool = "2c6d8423a4946993274dcd5c6ba483a10a8e70d7fc34781826579bf6356c4b20"
  private static let red = "b1f51a511f1da0cd348b8f8598db32e61cb963e5fc69e2b41485bf99590ed75a"

  /// Runs `stages` and gives the pre-image of one branch as text.
  private func preimage(
    of branch: String, _ stages: String, prepare: (inout TestProject) throws -> Void = { _ in }
  ) async throws -> String {
    try await withTemporaryFolder { folder in
      var project = TestProject(folder)
      try prepare(&project)
      let outcome = try await project.run(stages)
      #expect(outcome.totals.isSuccess, "\(outcome.failures)")
      let record = try project.record(branch)
      #expect(record.key == Digest.of(record.preimage), "the key is the digest of its pre-image")
      return String(decoding: record.preimage, as: UTF8.self)
    }
  }

  @Test func builtInKind() async throws {
    let text = try await preimage(
      of: "m@x1=9",
      """
      "three": { "kind": "leaf", "params": { "addend": 3, "comment": "in no key" } },
      "zero": { "kind": "leaf" },
      "m": { "kind": "two", "inputs": { "b": "zero", "a": "three" }, "map": { "x1": [9] },
             "params": { "salt": -7 } }
      """)
    #expect(
      text == """
        pipe-key 1
        kind 0: 3:two
        code 3:two 9:version-1
        parameter 6:addend 1:0
        parameter 6:factor 1:1
        parameter 7:modulus 4:1000
        parameter 4:salt 2:-7
        parameter 2:x0 1:0
        parameter 2:x1 1:9
        parameter 2:x2 1:0
        parameter 2:x3 1:0
        parameter 2:x4 1:0
        parameter 2:x5 1:0
        parameter 2:x6 1:0
        parameter 2:x7 1:0
        input 7:a.value 69:file \(Self.three)
        input 7:b.value 69:file \(Self.zero)

        """)
  }

  /// A collection enters as one digest, of a text of its own.
  @Test func collectedInput() async throws {
    let text = try await preimage(
      of: "sum",
      """
      "n": { "kind": "leaf", "map": { "x2": [3, 0] } },
      "sum": { "kind": "fold", "inputs": { "all": "n@*" } }
      """)
    let list = """
      pipe-key 1
      axis 2:x2 1:3
      input 5:value 69:file \(Self.three)
      axis 2:x2 1:0
      input 5:value 69:file \(Self.zero)

      """
    #expect(text.hasSuffix("input 3:all 64:\(Digest.of(Array(list.utf8)))\n"))
  }

  @Test func command() async throws {
    let text = try await preimage(
      of: "run@case=b%20c",
      """
      "n": { "kind": "leaf", "params": { "addend": 3 } },
      "run": {
        "kind": "command", "map": { "case": ["b c"] }, "params": { "size": 1.50, "name": "é" },
        "inputs": { "text": "data/in.txt", "n": "n.value" },
        "command": ["mytool", "--size={params.size}", "{inputs.text}"],
        "outputs": { "b": "out/{case}.txt", "a": "folder/" },
        "environment": ["UNSET", "COLOUR"], "passEnvironment": ["PLACE"], "retries": 3,
        "timeout": "1m", "cores": 2
      }
      """
    ) { project in
      try project.write("data/in.txt", "hello\n")
      try project.write("bin/mytool", "#!/bin/sh\nmkdir folder; touch 'out/b c.txt'\n")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: project.path("bin/mytool"))
      project.environment = [
        "PATH": project.path("bin") + ":/usr/bin:/bin", "COLOUR": "red", "PLACE": "here",
      ]
    }
    let tool = Digest.of(Array("#!/bin/sh\nmkdir folder; touch 'out/b c.txt'\n".utf8))
    #expect(
      text == """
        pipe-key 1
        kind 0: 7:command
        command 1:0 6:mytool
        command 1:1 20:--size={params.size}
        command 1:2 13:{inputs.text}
        command 7:workdir 7:private
        axis 4:case 5:"b c"
        output 1:a 13:folder folder
        output 1:b 16:file out/b c.txt
        environment 6:COLOUR 64:\(Self.red)
        absent 5:UNSET 0:
        tool 6:mytool 64:\(tool)
        platform 0: \(Self.platform.utf8.count):\(Self.platform)
        parameter 4:name 4:"é"
        parameter 4:size 3:1.5
        file 26:n .pipe/inputs/n/value.txt 69:file \(Self.three)
        file 16:text data/in.txt 69:file \(Self.hello)
        input 4:text 19:1 files data/in.txt

        """)
  }

  @Test func commandsCollectedInput() async throws {
    let text = try await preimage(
      of: "run",
      """
      "n": { "kind": "leaf", "map": { "x2": [3, 0] }, "outputs": { "value": "v/{x2}.txt" } },
      "run": { "kind": "command", "command": ["./tool.sh"], "workdir": "project",
               "outputs": { "o": "o" },
               "inputs": { "all": "n.value@*", "tool": "tool.sh", "old": "v/" } }
      """
    ) { project in
      try project.write("tool.sh", "#!/bin/sh\n>o\n")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: project.path("tool.sh"))
    }
    let list = """
      pipe-key 1
      axis 2:x2 1:3
      file 7:v/3.txt 69:file \(Self.three)
      axis 2:x2 1:0
      file 7:v/0.txt 69:file \(Self.zero)

      """
    #expect(
      text == """
        pipe-key 1
        kind 0: 7:command
        command 1:0 9:./tool.sh
        command 7:workdir 7:project
        output 1:o 6:file o
        tool 9:./tool.sh 64:\(Self.tool)
        platform 0: \(Self.platform.utf8.count):\(Self.platform)
        input 3:all 64:\(Digest.of(Array(list.utf8)))
        file 11:old v/0.txt 69:file \(Self.zero)
        file 11:old v/3.txt 69:file \(Self.three)
        input 3:old 10:2 files v/
        file 12:tool tool.sh 75:executable \(Self.tool)
        input 4:tool 15:1 files tool.sh

        """)
  }

  private static var platform: String {
    #if os(Linux) && arch(x86_64)
      "linux x86_64"
    #elseif os(Linux) && arch(arm64)
      "linux arm64"
    #elseif os(macOS) && arch(arm64)
      "macos arm64"
    #else
      "macos x86_64"
    #endif
  }
}
