import Testing

/// Who may see whom.
///
/// `docs/architecture.md` has the drawing; this is the proof.
@Suite struct ImportTests {
  /// Part of the system or the compiler, on one platform or another.
  static let platform: Set = ["Foundation", "Glibc", "Darwin", "Dispatch", "Synchronization"]

  /// What stages compute with: no stage, no engine, no file system.
  private static let computing: Set = [
    "ComputeKernel", "DataFormats", "Experiment", "Figures", "Findings", "ReproducibleMath",
    "Statistics",
  ]

  /// What each folder of `Sources` may import; a folder that is not here fails.
  static let allowed: [String: Set<String>] = [
    // Pure computation. Foundation would bring in libm and the locale.
    "ReproducibleMath": [],
    "Statistics": ["ReproducibleMath"],
    "Figures": ["ReproducibleMath"],
    "DataFormats": [],
    "Findings": ["Foundation"],
    "ComputeKernel": [
      "CCPU", "ComputeKernelPortable", "ComputeKernelAVX2", "ComputeKernelAVX512", "Dispatch",
      "Glibc", "Darwin", "ReproducibleMath", "Synchronization",
    ],
    "ComputeKernelVariants": ["CCPU"],
    "Experiment": ["StageInterface", "ComputeKernel", "DataFormats", "ReproducibleMath"],
    // Stage kinds see the interface and what they compute with, never the engine or another stage.
    "Stages/Dataset": computing.union(platform).union([
      "StageInterface", "ChildPrograms", "CCurl", "CZlib", "Crypto",
    ]),
    "Stages/Train": computing.union(["StageInterface"]),
    "Stages/Perturb": computing.union(["StageInterface"]),
    "Stages/Measure": computing.union(["StageInterface"]),
    "Stages/Analyze": computing.union(["StageInterface"]),
    "Stages/Report": computing.union(["StageInterface"]),
    // The tool, from the bottom up.
    "StageInterface": ["Foundation"],
    "Globs": [],
    "PipelineManifest": ["StageInterface", "Globs"],
    "ArtifactCache": platform.union(["CZlib", "Crypto", "GRDB"]),
    "ChildPrograms": platform.union(["CSpawn"]),
    "Workspaces": platform.union(["ArtifactCache", "ChildPrograms", "Globs", "CAttributes"]),
    "PipelineEngine": platform.union([
      "StageInterface", "PipelineManifest", "Workspaces", "ArtifactCache", "ChildPrograms", "Globs",
    ]),
    "CodeDigestTool": ["Foundation"],
    "pipe": platform.union([
      "ArgumentParser", "Dataset", "Train", "Perturb", "Measure", "Analyze", "Report",
      "StageInterface", "PipelineManifest", "PipelineEngine", "Workspaces", "ChildPrograms",
      "ArtifactCache",
    ]),
  ]

  /// Modules that only these files may import.
  static let confined: [String: Set<String>] = [
    "Crypto": [
      "Sources/ArtifactCache/Digest.swift", "Sources/Stages/Dataset/ContentDigest.swift",
    ],
    "GRDB": [
      "Sources/ArtifactCache/CacheIndex.swift", "Sources/ArtifactCache/CacheIndex+Rows.swift",
      "Sources/ArtifactCache/CacheIndex+Schema.swift",
    ],
    "CZlib": [
      "Sources/ArtifactCache/Zlib.swift", "Sources/Stages/Dataset/Inflate.swift",
      "Sources/Stages/Dataset/ZipArchive.swift",
      // Its header declares `syncfs`.
      "Sources/ArtifactCache/SystemFiles.swift",
    ],
    "CCurl": ["Sources/Stages/Dataset/HTTPRequest.swift"],
    "CSpawn": ["Sources/ChildPrograms/ProcessGroup.swift"],
    "CAttributes": ["Sources/Workspaces/Descriptor+Likeness.swift"],
    "Dispatch": [
      "Sources/ArtifactCache/Parallel.swift", "Sources/ComputeKernel/Fast/ParallelParts.swift",
      "Sources/pipe/Interrupts.swift", "Sources/ChildPrograms/Worker.swift",
    ],
  ]

  /// The row of the table for a file: `Stages/Train`, `pipe`.
  private static func folder(of path: String) -> String {
    let parts = path.split(separator: "/").dropFirst().dropLast()
    return parts.prefix(parts.first == "Stages" ? 2 : 1).joined(separator: "/")
  }

  /// Every import that breaks the tables.
  static func violations(in files: [SourceTree.File]) -> [String] {
    files.flatMap { file -> [String] in
      guard let allowed = allowed[folder(of: file.path)] else {
        return ["\(file.path): its folder is not in the table"]
      }
      return file.swift.imports.compactMap { module in
        if let files = confined[module], !files.contains(file.path) {
          return "\(file.path): only \(files.sorted()) may import \(module)"
        }
        return allowed.contains(module) ? nil : "\(file.path): may not import \(module)"
      }
    }
  }

  @Test func everyFileKeepsToTheTables() throws {
    let files = try SourceTree.swiftFiles(below: "Sources")
    #expect(files.count > 100)
    #expect(Self.violations(in: files) == [])
  }

  @Test func tablesHaveNoIdleRows() throws {
    let files = try SourceTree.swiftFiles(below: "Sources")
    #expect(Set(files.map { Self.folder(of: $0.path) }) == Set(Self.allowed.keys))
    for (module, paths) in Self.confined {
      for path in paths {
        let file = files.first { $0.path == path }
        #expect(file.map { $0.swift.imports.contains(module) } == true, "\(path)")
      }
    }
  }

  @Test(arguments: [
    ("Sources/Stages/Train/A.swift", "import PipelineEngine"),
    ("Sources/Stages/Train/A.swift", "import Dataset"),
    ("Sources/Stages/Train/A.swift", "package import ArtifactCache"),
    ("Sources/StageInterface/A.swift", "import PipelineManifest"),
    ("Sources/ArtifactCache/A.swift", "import Workspaces"),
    ("Sources/ArtifactCache/Cache/A.swift", "import Crypto"),
    ("Sources/PipelineEngine/A.swift", "import GRDB"),
    ("Sources/PipelineManifest/Plan/A.swift", "#if canImport(X)\n  import struct Foundation.URL"),
    ("Sources/ComputeKernel/A.swift", "@_implementationOnly internal import Foundation"),
    ("Sources/Statistics/A.swift", "import Foundation"),
    ("Sources/New/A.swift", "let x = 1"),
  ])
  func findsViolations(path: String, text: String) {
    #expect(Self.violations(in: [.init(path: path, text: text)]).count == 1)
  }

  @Test func allowsWhatIsAllowed() {
    let text = """
      // import PipelineEngine
      /* import /* nested */ PipelineEngine */
      import StageInterface
      let text = "import PipelineEngine"
      """
    #expect(Self.violations(in: [.init(path: "Sources/Stages/Train/A.swift", text: text)]) == [])
  }
}
