import Foundation
import Testing

/// `Package.swift` says what the sources do.
@Suite struct PackageTests {
  private static func manifest() throws -> PackageManifest {
    PackageManifest(try SourceTree.text("Package.swift"))
  }

  /// Modules of this package and its packages that files import.
  static func imported(by files: [SourceTree.File]) -> Set<String> {
    Set(files.flatMap { $0.swift.imports })
      .subtracting(ImportTests.platform).subtracting(["Testing", "PackageDescription", "Swift"])
  }

  /// What a target's declaration and its files disagree on.
  static func disagreements(
    _ target: PackageManifest.Target, _ files: [SourceTree.File]
  ) -> [String] {
    let imported = imported(by: files)
    let declared = target.dependencies.union(target.implied)
    return imported.subtracting(declared).sorted().map { "\(target.name) does not declare \($0)" }
      + target.dependencies.subtracting(imported).sorted().map {
        "\(target.name) declares \($0) in vain"
      }
  }

  @Test func dependenciesAreTheImports() throws {
    for target in try Self.manifest().targets where target.sort != .plugin {
      let folder = SourceTree.root.appendingPathComponent(target.folder).path
      #expect(FileManager.default.fileExists(atPath: folder), "\(target.name)")
      var files = try SourceTree.swiftFiles(below: target.folder)
      if target.sort == .variant {
        // One source for all variants, through a link in the folder of each.
        files += try SourceTree.swiftFiles(below: "Sources/ComputeKernelVariants/Loops")
      }
      if files.isEmpty { continue }
      #expect(Self.disagreements(target, files) == [])
    }
  }

  @Test func everyFolderIsATarget() throws {
    let folders = Set(try Self.manifest().targets.map(\.folder))
    for file in try ["Sources", "Tests", "Plugins"].flatMap(SourceTree.swiftFiles) {
      if file.path.hasPrefix("Sources/ComputeKernelVariants/Loops/") { continue }
      #expect(folders.contains { file.path.hasPrefix($0 + "/") }, "\(file.path)")
    }
  }

  /// A kind without the plugin would have no code version of its own.
  @Test func everyStageKindHasACodeVersion() throws {
    let targets = try Self.manifest().targets
    for file in try SourceTree.swiftFiles(below: "Sources") {
      let code = file.swift.code
      guard code.contains(/\b(struct|final class|enum|actor)\s+\w+\s*:[^{]*\bStage\b/) else {
        continue
      }
      let target = targets.first { file.path.hasPrefix($0.folder + "/") }
      #expect(target?.sort == .stage && target?.plugins == ["CodeDigest"], "\(file.path)")
    }
    #expect(
      Set(targets.filter { $0.sort == .stage }.map(\.name))
        == ["Dataset", "Train", "Perturb", "Measure", "Analyze", "Report"])
  }

  // MARK: The reader and the checks themselves

  private static let sample = """
    func stage(_ name: String) -> Target { .target(name: name) }
    let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
    let some: [Target.Dependency] = ["P", "Q"]
    let package = Package(
      targets: [
        .executableTarget(
          name: "tool", dependencies: ["A", .product(name: "Args", package: "args")],
          swiftSettings: [.unsafeFlags(["-static", "B"])]),
        stage("Dataset", ["A", crypto]),
        kernelVariant("Wide", instructionSet: "x"),
        .target(name: "A", swiftSettings: strict),
        .target(name: "C", dependencies: ["A"], path: "Else/C", plugins: ["CodeDigest"]),
        tests(of: "A"),
        tests(of: "C", some + ["A"], excluding: ["Fixtures"]),
        tests(of: "D", excluding: ["Fixtures"]),
        .testTarget(name: "LastTests", dependencies: ["TestSupport"]),
      ]
    )
    """

  @Test func readsTargets() {
    let targets = PackageManifest(Self.sample).targets
    let texts = targets.map { "\($0.name) \($0.folder) \($0.dependencies.sorted())" }
    #expect(
      texts == [
        #"tool Sources/tool ["A", "Args"]"#,
        #"Dataset Sources/Stages/Dataset ["A", "Crypto", "StageInterface"]"#,
        #"ComputeKernelWide Sources/ComputeKernelVariants/Wide ["CCPU"]"#,
        #"A Sources/A []"#, #"C Else/C ["A"]"#, #"ATests Tests/ATests ["A"]"#,
        #"CTests Tests/CTests ["A", "C"]"#, #"DTests Tests/DTests ["D"]"#,
        #"LastTests Tests/LastTests ["TestSupport"]"#,
      ])
    #expect(targets.first { $0.name == "CTests" }?.implied == ["P", "Q", "TestSupport"])
    #expect(targets.filter { !$0.plugins.isEmpty }.map(\.name) == ["Dataset", "C"])
  }

  @Test func disagreementsAreFound() throws {
    let targets = PackageManifest(Self.sample).targets
    let dataset = try #require(targets.first { $0.name == "Dataset" })
    let file = SourceTree.File(
      path: "x.swift",
      text: "import A\nimport B\nimport Foundation\npackage import StageInterface")
    #expect(
      Self.disagreements(dataset, [file])
        == ["Dataset does not declare B", "Dataset declares Crypto in vain"])
    let test = try #require(targets.first { $0.name == "DTests" })
    let imports = SourceTree.File(path: "x.swift", text: "import D\nimport Testing")
    #expect(Self.disagreements(test, [imports]) == [], "TestSupport is there for all")
  }
}
