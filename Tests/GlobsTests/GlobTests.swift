import Globs
import Testing

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
  func matches(pattern: String, path: String, expected: Bool) {
    #expect(Glob(pattern).matches(path) == expected)
  }

  @Test func hostilePatternsEnd() {
    let name = String(repeating: "a", count: 200)
    #expect(!Glob(String(repeating: "*a", count: 60) + "b").matches(name))
    let deep = Array(repeating: "a", count: 100).joined(separator: "/")
    let pattern = String(repeating: "**/a/", count: 40) + "b"
    #expect(!Glob(pattern).matches(deep))
  }

  @Test(arguments: [
    ("src", "src/*.py", true), ("src/a", "src/*.py", false), ("src/a/b", "src/**/*.py", true),
    ("src/.a", "src/**/*.py", false), ("other", "src/*.py", false), ("a", "?/b/c", true),
    ("\u{e9}", "?/b", true), ("a/b", "?/b", false), ("a", "**", true),
  ])
  func canMatchBelow(folder: String, pattern: String, expected: Bool) {
    #expect(Glob(pattern).canMatchBelow(folder) == expected)
  }

  @Test(arguments: [
    ("a/b/*.c", "a/b"), ("*.c", ""), ("a/[b]/c", "a"), ("a/b", "a/b"), ("a/**/b/c", "a"),
  ])
  func literalFolder(pattern: String, expected: String) {
    #expect(Glob.literalFolder(pattern) == expected)
  }

  // MARK: Against a plain reference

  /// Few characters, so that random patterns match often; spellings of one letter, and bytes that no
  /// UTF-8 has, as a `String` carries them.
  private static let names = [
    "a", "b", ".", "-", "]", "\u{e9}", "e\u{301}", "\u{1f600}",
    String(decoding: [0xFF], as: UTF8.self),
  ]
  private static let wildcards = ["*", "?", "[a]", "[!a]", "[a-b]", "[^\u{e9}]", "[", "[]-]", "**"]

  /// Component by component and character by character, trying everything.
  private static func reference(_ pattern: [[Unicode.Scalar]], _ path: [[Unicode.Scalar]]) -> Bool {
    guard let first = pattern.first else { return path.isEmpty }
    if first == ["*", "*"] {
      let rest = Array(pattern.dropFirst())
      let isAny = path.first.map { $0.first != "." } ?? false
      if rest.isEmpty {
        return isAny && (path.count == 1 || reference(pattern, Array(path.dropFirst())))
      }
      return reference(rest, path) || isAny && reference(pattern, Array(path.dropFirst()))
    }
    guard let name = path.first else { return false }
    if name.first == ".", first.first != "." { return false }
    return fits(first[...], name[...])
      && reference(Array(pattern.dropFirst()), Array(path.dropFirst()))
  }

  private static func fits(
    _ pattern: ArraySlice<Unicode.Scalar>, _ name: ArraySlice<Unicode.Scalar>
  ) -> Bool {
    guard let first = pattern.first else { return name.isEmpty }
    if first == "*" {
      return fits(pattern.dropFirst(), name) || !name.isEmpty && fits(pattern, name.dropFirst())
    }
    guard let scalar = name.first else { return false }
    if first == "[", let (holds, rest) = set(pattern.dropFirst(), scalar) {
      return holds && fits(rest, name.dropFirst())
    }
    return (first == "?" || first == scalar) && fits(pattern.dropFirst(), name.dropFirst())
  }

  /// Whether the set that has just been opened holds a scalar, and what follows it; nil: it is not closed.
  private static func set(
    _ pattern: ArraySlice<Unicode.Scalar>, _ scalar: Unicode.Scalar
  ) -> (Bool, ArraySlice<Unicode.Scalar>)? {
    var rest = pattern
    let isComplement = rest.first == "!" || rest.first == "^"
    if isComplement { rest = rest.dropFirst() }
    var isIn = false
    var isFirst = true
    while let lower = rest.first {
      if lower == "]" && !isFirst { return (isIn != isComplement, rest.dropFirst()) }
      isFirst = false
      let tail = Array(rest.dropFirst().prefix(2))
      if tail.count == 2, tail[0] == "-", tail[1] != "]" {
        isIn = isIn || lower <= scalar && scalar <= tail[1]
        rest = rest.dropFirst(3)
      } else {
        isIn = isIn || lower == scalar
        rest = rest.dropFirst()
      }
    }
    return nil
  }

  private static func scalars(_ path: String) -> [[Unicode.Scalar]] {
    path.unicodeScalars.split(separator: "/").map { Array($0) }
  }

  @Test func randomPatternsMatchAsTheReferenceSays() {
    func text(_ parts: [String]) -> String {
      (0..<Int.random(in: 1...2)).map { _ in
        (0..<Int.random(in: 1...3)).map { _ in parts.randomElement() ?? "a" }.joined()
      }.filter { $0 != "." && $0 != ".." }.joined(separator: "/")
    }
    var matches = 0
    for _ in 0..<20_000 {
      let pattern = text(Self.names + Self.wildcards + Self.wildcards)
      let path = text(Self.names)
      if pattern.isEmpty || path.isEmpty { continue }
      let expected = Self.reference(Self.scalars(pattern), Self.scalars(path))
      if expected { matches += 1 }
      let glob = Glob(pattern)
      if glob.matches(path) != expected { Issue.record("\(pattern) \(path)") }
      let parent = path.split(separator: "/").dropLast().joined(separator: "/")
      if expected, !parent.isEmpty, !glob.canMatchBelow(parent) {
        Issue.record("\(pattern) below \(parent)")
      }
    }
    #expect(matches > 100)
  }
}
