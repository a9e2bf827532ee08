// swift-tools-version: 6.2
import PackageDescription

// How the targets fit together is drawn in docs/architecture.md; Tests/ArchitectureTests proves it.

// code version: begins (what stands up to the next such line is part of every stage's code version)
/// Settings of every target: Swift 6 mode with the checks that keep module borders honest.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// The kernel's inner loops, compiled from one source for one instruction set.
///
/// `-O` also in debug builds, which would be hundreds of times slower; never `-Ounchecked`, which would
/// remove the checks of shapes.
func kernelVariant(_ name: String, instructionSet: String?) -> Target {
  .target(
    name: "ComputeKernel\(name)", dependencies: ["CCPU"],
    path: "Sources/ComputeKernelVariants/\(name)",
    swiftSettings: strict + [
      .strictMemorySafety(),
      .unsafeFlags(["-O"] + instructionSetFlags(instructionSet)),
    ])
}

func instructionSetFlags(_ instructionSet: String?) -> [String] {
  #if arch(x86_64)
    instructionSet.map { ["-Xcc", "-march=\($0)"] } ?? []
  #else
    []
  #endif
}
// code version: ends

/// A stage kind: a module of its own, so that its code version is its own.
///
/// It never sees the engine.
func stage(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(
    name: name, dependencies: ["StageInterface"] + dependencies, path: "Sources/Stages/\(name)",
    swiftSettings: strict, plugins: ["CodeDigest"])
}

func tests(
  of name: String, _ dependencies: [Target.Dependency] = [], excluding files: [String] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name), "TestSupport"] + dependencies,
    exclude: files, swiftSettings: strict)
}

let stageTests: [Target.Dependency] = ["StageInterface", "StageTestSupport"]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")

let package = Package(
  name: "pipe",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "pipe", targets: ["pipe"]),
    .library(name: "StageInterface", targets: ["StageInterface"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
  ],
  targets: [
    .executableTarget(
      name: "pipe",
      dependencies: [
        "Dataset", "Train", "Perturb", "Measure", "Analyze", "Report",
        "StageInterface", "PipelineManifest", "PipelineEngine", "Workspaces", "ChildPrograms",
        "ArtifactCache",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict,
      linkerSettings: [
        .unsafeFlags(
          [
            "-static-stdlib", "-lCoreFoundation", "-l_FoundationICU", "-l_FoundationCollections",
            "-l_FoundationCShims", "-lswiftSynchronization",
          ], .when(platforms: [.linux], configuration: .release))
      ]),

    // Stage kinds.
    stage("Dataset", ["DataFormats", "ChildPrograms", "CCurl", "CZlib", crypto]),
    stage("Train", ["Experiment", "ComputeKernel", "DataFormats"]),
    stage("Perturb", ["Experiment", "ComputeKernel", "DataFormats"]),
    stage("Measure", ["Experiment", "ComputeKernel", "DataFormats", "Statistics"]),
    stage("Analyze", ["Statistics", "Findings", "DataFormats", "ReproducibleMath"]),
    stage("Report", ["Findings", "Figures"]),

    // What stages compute with.
    .target(name: "ReproducibleMath", swiftSettings: strict),
    .target(
      name: "ComputeKernel",
      dependencies: [
        "ReproducibleMath", "CCPU", "ComputeKernelPortable", "ComputeKernelAVX2",
        "ComputeKernelAVX512",
      ], swiftSettings: strict + [.strictMemorySafety()]),
    kernelVariant("Portable", instructionSet: nil),
    kernelVariant("AVX2", instructionSet: "x86-64-v3"),
    kernelVariant("AVX512", instructionSet: "x86-64-v4"),
    .target(name: "Statistics", dependencies: ["ReproducibleMath"], swiftSettings: strict),
    .target(name: "Figures", dependencies: ["ReproducibleMath"], swiftSettings: strict),
    .target(name: "DataFormats", swiftSettings: strict),
    .target(
      name: "Experiment",
      dependencies: ["StageInterface", "ComputeKernel", "DataFormats", "ReproducibleMath"],
      swiftSettings: strict),
    .target(name: "Findings", swiftSettings: strict),

    // The tool.
    .target(name: "StageInterface", swiftSettings: strict),
    .target(name: "Globs", swiftSettings: strict),
    .target(
      name: "PipelineManifest", dependencies: ["StageInterface", "Globs"], swiftSettings: strict),
    .target(
      name: "ArtifactCache",
      dependencies: ["CZlib", crypto, .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: strict),
    .target(name: "ChildPrograms", dependencies: ["CSpawn"], swiftSettings: strict),
    .target(
      name: "Workspaces", dependencies: ["ArtifactCache", "ChildPrograms", "Globs", "CAttributes"],
      swiftSettings: strict),
    .target(
      name: "PipelineEngine",
      dependencies: [
        "StageInterface", "PipelineManifest", "Workspaces", "ArtifactCache", "ChildPrograms",
        "Globs",
      ],
      swiftSettings: strict),

    // C.
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(name: "CCurl"),
    .target(name: "CCPU"),
    .target(name: "CSpawn"),
    .target(name: "CAttributes"),

    // Code versions.
    .executableTarget(
      name: "code-digest", path: "Sources/CodeDigestTool", swiftSettings: strict),
    .plugin(name: "CodeDigest", capability: .buildTool(), dependencies: ["code-digest"]),

    // Benchmarks.
    .executableTarget(
      name: "kernel-bench", dependencies: ["ComputeKernel", "Experiment"],
      path: "Benchmarks/kernel-bench", swiftSettings: strict),

    // Tests.
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .target(
      name: "StageTestSupport", dependencies: ["StageInterface"], path: "Tests/StageTestSupport",
      swiftSettings: strict),
    .target(
      name: "CacheTestSupport", dependencies: ["ArtifactCache"], path: "Tests/CacheTestSupport",
      swiftSettings: strict),
    tests(of: "ReproducibleMath"),
    tests(of: "Statistics", ["ReproducibleMath"]),
    tests(of: "ComputeKernel", ["ReproducibleMath"], excluding: ["Fixtures"]),
    tests(of: "DataFormats"),
    tests(of: "Figures", excluding: ["Snapshots"]),
    tests(of: "Dataset", stageTests + ["ChildPrograms", "DataFormats"]),
    tests(of: "Experiment", stageTests + ["ComputeKernel", "DataFormats"]),
    tests(of: "Train", stageTests + ["Experiment", "ComputeKernel", "DataFormats"]),
    tests(of: "Perturb", stageTests + ["Experiment", "ComputeKernel", "DataFormats"]),
    tests(of: "Measure", stageTests + ["Experiment", "ComputeKernel", "DataFormats"]),
    tests(
      of: "Analyze", stageTests + ["Findings", "Statistics", "DataFormats", "ReproducibleMath"]),
    tests(of: "Report", ["StageInterface", "Findings"], excluding: ["Snapshots"]),
    tests(of: "ArtifactCache", ["CacheTestSupport"]),
    tests(of: "Globs"),
    tests(of: "Workspaces", ["ArtifactCache", "ChildPrograms"]),
    tests(of: "PipelineManifest", ["StageInterface"]),
    tests(
      of: "PipelineEngine",
      [
        "StageInterface", "PipelineManifest", "Workspaces", "ArtifactCache", "CacheTestSupport",
      ]),
    .testTarget(
      name: "PipeCommandTests", dependencies: ["TestSupport"], swiftSettings: strict),
    .testTarget(name: "ArchitectureTests", swiftSettings: strict),
  ]
)
