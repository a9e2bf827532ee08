import Testing

/// What the compiler would let pass.
@Suite struct SafetyTests {
  struct Rule: Sendable, CustomTestStringConvertible {
    let name: String
    /// What no code may hold.
    let text: String
    /// Two lines, the second of which breaks the rule.
    let example: String
    let counterexample: String

    var testDescription: String { name }

    func violations(in file: SourceTree.File) -> [String] {
      file.swift.lines(holding: text).map { "\(file.path):\($0): \(name)" }
    }
  }

  static let rules = [
    Rule(
      name: "no @unchecked Sendable", text: "@unchecked",
      example: "\nfinal class A: @unchecked Sendable {}", counterexample: "\n// @unchecked Sendable"
    ),
    Rule(
      name: "no nonisolated(unsafe)", text: "nonisolated(unsafe)",
      example: "\nnonisolated(unsafe) var a = 1", counterexample: "\nnonisolated func unsafely() {}"
    ),
    Rule(
      name: "no try!", text: "try!", example: "\nlet a = try! b()",
      counterexample: "\nlet a = \"try!\""),
    Rule(
      name: "no forced cast", text: " as! ", example: "\nlet a = b as! Int",
      counterexample: "\nlet a = b as? Int // as!"),
    Rule(
      name: "no @testable", text: "@testable", example: "\n@testable import A",
      counterexample: "\nimport A"),
    Rule(
      name: "no @preconcurrency", text: "@preconcurrency",
      example: "\n@preconcurrency import A", counterexample: "\nimport A"),
  ]

  @Test(arguments: rules)
  func everyFileKeeps(rule: Rule) throws {
    let files = try ["Sources", "Tests", "Plugins"].flatMap(SourceTree.swiftFiles)
    let violations = files.flatMap(rule.violations)
    #expect(violations == [])
  }

  @Test(arguments: rules)
  func ruleCanFail(rule: Rule) {
    #expect(
      rule.violations(in: .init(path: "A.swift", text: rule.example)) == ["A.swift:2: \(rule.name)"]
    )
    #expect(rule.violations(in: .init(path: "A.swift", text: rule.counterexample)) == [])
  }

  // MARK: Unsafe memory

  /// The only files of `Sources` that touch memory without checks, or take the risk for others.
  private static let unsafeFiles: Set = [
    "ArtifactCache/ByteReader.swift", "ArtifactCache/ByteWriter.swift",
    "ArtifactCache/CacheIndex+Rows.swift", "ArtifactCache/ContentStore+Writing.swift",
    "ArtifactCache/Digest.swift", "ArtifactCache/FileOperations.swift",
    "ArtifactCache/IndexRow.swift", "ArtifactCache/OpenFile.swift",
    "ArtifactCache/StoredForm.swift", "ArtifactCache/SystemFiles.swift",
    "ArtifactCache/Zlib.swift", "ChildPrograms/OwnThread.swift",
    "ChildPrograms/ProcessGroup.swift", "CodeDigestTool/SHA256.swift",
    "ComputeKernel/Data/PixelGroups.swift", "ComputeKernel/Fast/FloatStorage.swift",
    "ComputeKernel/KernelVariant.swift",
    "ComputeKernelVariants/Loops/Backward.swift", "ComputeKernelVariants/Loops/Gather.swift",
    "ComputeKernelVariants/Loops/Lanes.swift", "ComputeKernelVariants/Loops/OutputLayer.swift",
    "ComputeKernelVariants/Loops/SparseForward.swift",
    "ComputeKernelVariants/Loops/SparseOuter.swift", "ComputeKernelVariants/Loops/Strip.swift",
    "ComputeKernelVariants/Loops/Tile.swift", "ComputeKernelVariants/Loops/Transpose.swift",
    "DataFormats/Tensor.swift",
    "PipelineManifest/Planning/PathKey.swift", "Stages/Dataset/HTTPListener.swift",
    "Stages/Dataset/HTTPRequest.swift", "Stages/Dataset/Inflate.swift",
    "Stages/Dataset/ZipArchive.swift", "Workspaces/Descriptor+Link.swift",
    "Workspaces/Descriptor.swift", "Workspaces/FolderContents.swift", "Workspaces/OutputLog.swift",
    "Workspaces/PathBytes.swift", "pipe/Console/Terminal.swift",
    "pipe/Interrupts.swift",
  ]

  static func usesUnsafe(_ text: SwiftText) -> Bool {
    let unsafe = /\bunsafe\b|\bUnsafe\w*Pointer|\bwithUnsafe|\bunsafe(BitCast|Downcast|Load|Uninit)/
    return text.code.contains(unsafe.wordBoundaryKind(.simple))
  }

  @Test func unsafeMemoryInListedFilesAlone() throws {
    let found = try SourceTree.swiftFiles(below: "Sources").filter { Self.usesUnsafe($0.swift) }
      .map { String($0.path.dropFirst("Sources/".count)) }
    #expect(Set(found).subtracting(Self.unsafeFiles).sorted() == [])
    #expect(Self.unsafeFiles.subtracting(found).sorted() == [], "no longer unsafe: unlist them")
  }

  @Test(arguments: [
    "a.withUnsafeBytes { $0 }", "let a = unsafe b()", "func a(_ b: UnsafeRawPointer) {}",
    "var a: UnsafeMutableBufferPointer<Int>", "unsafeBitCast(a, to: Int.self)",
  ])
  func findsUnsafe(text: String) { #expect(Self.usesUnsafe(SwiftText(text))) }

  @Test(arguments: ["// unsafe", "let a = \"unsafe\"", "let isUnsafe = true", "func unsafely() {}"])
  func findsNoOther(text: String) { #expect(!Self.usesUnsafe(SwiftText(text))) }
}
