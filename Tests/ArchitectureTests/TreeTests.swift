import Testing

/// What must not be in the tree, and how long its files may be.
@Suite struct TreeTests {
  // MARK: Lengths

  private static let lineLimit = 400
  /// Tables of cases, which are read by looking things up.
  private static let longFiles: Set = ["Tests/PipelineManifestTests/MistakeTests.swift"]

  static func isTooLong(_ text: String) -> Bool {
    text.utf8.count { $0 == UInt8(ascii: "\n") } > lineLimit
  }

  @Test func filesAreShort() throws {
    let files = try ["Sources", "Tests", "Plugins"].flatMap(SourceTree.swiftFiles)
    let long = files.filter { Self.isTooLong($0.text) }.map(\.path)
    #expect(Set(long).subtracting(Self.longFiles) == [])
  }

  @Test func longFilesAreFound() {
    #expect(Self.isTooLong(String(repeating: "x\n", count: Self.lineLimit + 1)))
    #expect(!Self.isTooLong(String(repeating: "x\n", count: Self.lineLimit)))
  }

  // MARK: Places

  /// Homes of people and machines, in pieces so that this file does not hold them.
  private static let homes = ["home", "root", "Users", "mnt", "private/var"].map { "/\($0)/" }

  /// Everybody can reach these, or nobody.
  private static let hosts: Set = [
    "github.com", "www.w3.org", "json-schema.org", "www.apache.org", "www.swift.org",
    "storage.googleapis.com", "ossci-datasets.s3.amazonaws.com", "example.org", "127.0.0.1",
    "host.invalid", "host", "x",
  ]

  /// Absolute paths of somebody's machine in a text.
  static func machinePaths(in text: String) -> [String] {
    homes.filter { home in
      text.ranges(of: home).contains { range in
        guard range.lowerBound > text.startIndex else { return true }
        let before = text[text.index(before: range.lowerBound)]
        return !(before.isLetter || before.isNumber || "_-.~*)}/".contains(before))
      }
    }
  }

  /// Hosts of URLs that are not in the table.
  static func strangeHosts(in text: String) -> [String] {
    text.matches(of: /https?:\/\/([A-Za-z0-9.\-]+)/).map { $0.1.lowercased() }
      .filter { !hosts.contains($0) }
  }

  @Test func noMachineIsNamed() throws {
    for file in try SourceTree.files(below: "") where file.name != "Package.resolved" {
      #expect(Self.machinePaths(in: file.text) == [], "\(file.path)")
      #expect(Self.strangeHosts(in: file.text) == [], "\(file.path)")
    }
  }

  @Test func packagesComeFromGitHub() throws {
    let places = try SourceTree.text("Package.swift").matches(of: /url: "([^"]*)"/).map(\.1)
    #expect(places.count >= 3)
    #expect(places.allSatisfy { $0.hasPrefix("https://github.com/") })
  }

  @Test func machinesAreFound() {
    let home = "/" + "home" + "/"
    #expect(Self.machinePaths(in: "see \(home)anna/x") == [home])
    #expect(Self.machinePaths(in: home) == [home])
    #expect(Self.machinePaths(in: "the /homes/ of, cache\(home)x and ~\(home)") == [])
    let mirror = "https" + "://mirror.example.com"
    #expect(Self.strangeHosts(in: "\(mirror)/x") == ["mirror.example.com"])
    #expect(Self.strangeHosts(in: "https://github.com/apple") == [])
  }

  // MARK: The scanner of the other checks

  @Test func scannerKeepsCodeAlone() {
    let source = ##"""
      let a = "// no comment" // a comment
      let b = #"raw " quote"# + "\(f("inner", "\(g(")"))")) outer"
      /* one /* two */ still */ let c = """
        try! "quoted" \(d)
        """
      let e = 1
      """##
    #expect(
      SwiftText(source).code == """
        let a = ""\u{20}
        let b = "" + ""
         let c = ""


        let e = 1
        """)
  }

  @Test func importsAreRead() {
    let source = """
      package import A
      @_exported public import B
        import struct C.D
      import E; import F
      let important = 1 // import G
      importance()
      """
    #expect(SwiftText(source).imports == ["A", "B", "C", "E"])
  }
}
