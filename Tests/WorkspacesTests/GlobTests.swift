import Testing
import Workspaces

struct GlobTests {
  @Test(arguments: [
    ("*.txt", "a.txt", true), ("*.txt", "a.csv", false), ("*.txt", "d/a.txt", false),
    ("*.txt", ".a.txt", false), (".*", ".a", true), ("?.txt", "é.txt", true),
    ("?.txt", "ab.txt", false),
    ("[a-c]?", "b1", true), ("[!a-c]?", "b1", false), ("[^a-c]?", "d1", true), ("[]]x", "]x", true),
    ("[.]a", ".a", false), ("a[", "a[", true), ("[a-]", "-", true),
    ("src/**/*.py", "src/a.py", true), ("src/**/*.py", "src/x/y/a.py", true),
    ("src/**/*.py", "src/.x/a.py", false), ("src/**", "src/a/b", true), ("src/**", "src", false),
    ("**/a", "a", true), ("**/a", "x/y/a", true), ("**", ".hidden", false),
    ("a*b*c", "aXbYbc", true), ("a*b*c", "aXbYb", false), ("**/x/**/y", "x/x/y/x/y", true),
  ])
  func matches(pattern: String, path: String, expected: Bool) throws {
    #expect(try Glob(pattern).matches(ProjectPath(path)) == expected)
  }

  @Test func hostilePatternsEnd() throws {
    let name = String(repeating: "a", count: 200)
    #expect(try !Glob(String(repeating: "*a", count: 60) + "b").matches(ProjectPath(name)))
    let deep = Array(repeating: "a", count: 100).joined(separator: "/")
    let pattern = String(repeating: "**/a/", count: 40) + "b"
    #expect(try !Glob(pattern).matches(ProjectPath(deep)))
  }
}
