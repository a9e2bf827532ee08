import Testing
import Workspaces

struct ProjectPathTests {
  @Test(arguments: [
    ("a", "a"), ("./a//b/", "a/b"), ("a/./b", "a/b"), ("-rf", "-rf"), ("a b\nc", "a b\nc"),
    ("...", "..."), ("a..b/..c", "a..b/..c"), ("né", "né"),
  ])
  func plainSpelling(text: String, expected: String) throws {
    #expect(try ProjectPath(text).text == expected)
  }

  @Test(arguments: [
    ("", PathFlaw.empty), (".", .empty), ("./", .empty), ("/etc/passwd", .absolute),
    ("..", .leavesProject), ("a/../../b", .leavesProject), ("a/..", .leavesProject),
    ("a\0b", .containsNUL),
  ])
  func refuses(text: String, flaw: PathFlaw) {
    #expect(throws: WorkspaceError.unsafePath(text, flaw)) { try ProjectPath(text) }
  }

  @Test func comparesBytes() throws {
    let composed = try ProjectPath("caf\u{E9}")
    let decomposed = try ProjectPath("cafe\u{301}")
    #expect(composed.text == decomposed.text)
    #expect(composed != decomposed)
    #expect(Set([composed, decomposed]).count == 2)
    #expect(try ProjectPath("a-b") < ProjectPath("a/b"))
  }

  @Test func family() throws {
    let path = try ProjectPath("a/b/c.txt")
    #expect(path.name == "c.txt")
    #expect(path.parent?.text == "a/b")
    #expect(path.ancestors.map(\.text) == ["a", "a/b"])
    #expect(path.isInside(try ProjectPath("a/b")))
    #expect(!path.isInside(path))
    #expect(try !ProjectPath("ab/c").isInside(ProjectPath("a")))
    #expect(try ProjectPath("a").parent == nil)
  }
}
