import ArtifactCache
import Foundation
import Testing
import Workspaces

struct MadeFilesTests {
  @Test("What a command made is moved into the project, files of folders too")
  func filesAreMoved() async throws {
    try await withFixture { fixture in
      let result = try await fixture.made("printf abc > a; mkdir r; printf x > r/x; chmod +x r/x")
      let (file, folder) = (result.outputs[0], result.outputs[1])
      let inodes = try ["a", "r/x"].map { try inode(result.folder + "/" + $0) }
      #expect(try fixture.restore(file, "a", made: result.made).restored.count == 1)
      #expect(try fixture.restore(folder, "r", made: result.made).restored.count == 1)
      #expect(try fixture.read("a") == "abc")
      #expect(FileManager.default.isExecutableFile(atPath: fixture.path("r/x")))
      #if os(Linux)
        #expect(try ["a", "r/x"].map { try inode(fixture.path($0)) } == inodes)
      #endif
      // It is not there a second time, so this one comes from the store.
      try FileManager.default.removeItem(atPath: fixture.path("a"))
      try fixture.restore(file, "a", made: result.made)
      #expect(try fixture.read("a") == "abc")
    }
  }

  @Test(
    "A file that is not just as we would make it is written anew",
    arguments: [
      // Somebody outlives the command's process group and has it open for writing, until it is removed.
      """
      exec 3>a; printf abc >&3
      setsid sh -c 'echo up > up; while [ -e a ]; do sleep 0.1; done' &
      while [ ! -s up ]; do sleep 0.01; done
      """,
      // It has another name, whose users would see what is written into the project's file.
      "printf abc > a; ln a other",
      "printf abc > a; chmod 600 a",
      // It says of itself what new files do not; without Python another mode will do.
      "printf abc > a; python3 -c 'import os; os.setxattr(\"a\", \"user.note\", b\"x\")' || chmod 600 a",
    ])
  func oddFilesAreNotMoved(text: String) async throws {
    try await withFixture { fixture in
      let result = try await fixture.made(text + "\nmkdir r")
      let inode = try inode(result.folder + "/a")
      try fixture.restore(result.outputs[0], "a", made: result.made)
      #expect(try fixture.read("a") == "abc")
      #expect(try WorkspacesTests.inode(fixture.path("a")) != inode)
    }
  }

  @Test("A file that was changed after it had been stored is not moved, be it within one tick")
  func changedFilesAreNotMoved() async throws {
    try await withFixture { fixture in
      for index in 0..<30 {
        let result = try await fixture.made("printf abc > a; mkdir r")
        try Data("xyz".utf8).write(to: URL(fileURLWithPath: result.folder + "/a"))
        try fixture.restore(result.outputs[0], "a", made: result.made)
        #expect(try fixture.read("a") == "abc", "round \(index)")
        try FileManager.default.removeItem(atPath: fixture.path("a"))
      }
    }
  }

  #if os(Linux)
    @Test("A file does not go where new ones get permissions from an access control list")
    func listsOfPermissionsAreHeeded() async throws {
      try await withFixture { fixture in
        let result = try await fixture.made("printf abc > a; mkdir r")
        // Everybody may write, which the umask would forbid.
        let made = try await fixture.made(
          """
          python3 -c 'import os, struct
          entries = [(1, 7), (4, 7), (32, 7)]
          os.setxattr("\(fixture.project.root)", "system.posix_acl_default", struct.pack("<I", 2)
            + b"".join(struct.pack("<HHI", tag, mode, 2**32 - 1) for tag, mode in entries))' || echo none
          touch a; mkdir r
          """)
        if String(decoding: made.log, as: UTF8.self).hasSuffix("none\n") { return }
        try fixture.restore(result.outputs[0], "a", made: result.made)
        let attributes = try FileManager.default.attributesOfItem(atPath: fixture.path("a"))
        #expect(attributes[.posixPermissions] as? Int == 0o666)
      }
    }
  #endif

  @Test("A file that is moved is as new as one that is written")
  func timesAreNew() async throws {
    try await withFixture { fixture in
      let result = try await fixture.made("printf abc > a; touch -t 200001010000 a; mkdir r")
      try fixture.restore(result.outputs[0], "a", made: result.made)
      let attributes = try FileManager.default.attributesOfItem(atPath: fixture.path("a"))
      let modified = try #require(attributes[.modificationDate] as? Date)
      #expect(abs(modified.timeIntervalSinceNow) < 60)
    }
  }

  @Test("What is in the way is kept aside also when a file is moved there")
  func movingDisplaces() async throws {
    try await withFixture { fixture in
      try fixture.write("mine", to: "a")
      let result = try await fixture.made("printf abc > a; mkdir r")
      let done = try fixture.restore(result.outputs[0], "a", made: result.made)
      #expect(try fixture.read("a") == "abc")
      let aside = try #require(done.displaced.first?.movedTo)
      #expect(try String(contentsOfFile: aside, encoding: .utf8) == "mine")
    }
  }

  @Test("A folder is used again only when nobody needs its files")
  func foldersAreLent() async throws {
    try await withFixture { fixture in
      let first = try await fixture.made("printf 1 > a; mkdir r")
      let second = try await fixture.made("printf 2 > a; mkdir r")
      #expect(first.folder != second.folder)
      try fixture.restore(first.outputs[0], "a", made: first.made)
      #expect(try fixture.read("a") == "1")
    }
  }
}

private func inode(_ path: String) throws -> Int {
  let attributes = try FileManager.default.attributesOfItem(atPath: path)
  return try #require(attributes[.systemFileNumber] as? Int)
}

extension CommandResult {
  /// Where a command ran that printed it.
  fileprivate var folder: String {
    String(decoding: log.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }
}

extension Fixture {
  /// Runs a shell text that makes the file `a` and the folder `r`.
  fileprivate func made(_ text: String) async throws -> CommandResult {
    var request = shell("pwd; " + text)
    request.outputs = [
      DeclaredOutput(name: "a", path: try ProjectPath("a"), form: .file),
      DeclaredOutput(name: "r", path: try ProjectPath("r"), form: .folder),
    ]
    return try await runner.run(request)
  }

  @discardableResult
  fileprivate func restore(
    _ output: StoredOutput, _ path: String, made: MadeFiles
  ) throws -> Restoration {
    try workTree.restore(output, at: try ProjectPath(path), recorded: [:], made: made)
  }
}
