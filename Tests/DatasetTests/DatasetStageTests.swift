import Dataset
import Foundation
import StageInterface
import StageTestSupport
import TestSupport
import Testing

struct DatasetStageTests {
  @Test func aFolderSuppliesRawFiles() async throws {
    try await DatasetFixture.run { fixture in
      let harness = try await fixture.fetch(["file:" + fixture.folder])
      #expect(harness.outputs == fixture.files)
    }
  }

  @Test func whatTheStoreHasIsNotFetched() async throws {
    try await DatasetFixture.run { fixture in
      let stored = Dictionary(
        uniqueKeysWithValues: fixture.files.values.map { (contentDigest($0), $0) })
      let harness = StageHarness(stored: stored)
      try await fixture.fetch(["http://127.0.0.1:1/"], harness: harness)
      #expect(harness.outputs == fixture.files)
      #expect(harness.log.isEmpty)
    }
  }

  @Test func allSourcesAndTheirReasonsAreListed() async throws {
    try await DatasetFixture.run { fixture in
      let sources = ["file:/nowhere", "http://127.0.0.1:1/mnist", "file:" + fixture.workFolder]
      let failures = try await fixture.failures(sources)
      #expect(failures.map(\.source) == sources)
      #expect(failures[0].reason.contains("there is no train-images-idx3-ubyte"))
      #expect(failures[1].reason.contains("127.0.0.1"))
      let text = DatasetError.allSourcesFailed(failures).description
      #expect(text.contains("\n  file:/nowhere: there is no"))
      #expect(text.contains("hint: "))
    }
  }

  @Test func aWrongFolderFileIsNotAccepted() async throws {
    try await DatasetFixture.run { fixture in
      let path = fixture.folder + "/t10k-labels-idx1-ubyte"
      try Data([0, 0, 8, 1, 0, 0, 0, 1, 5]).write(to: URL(fileURLWithPath: path))
      let failures = try await fixture.failures(["file:" + fixture.folder])
      #expect(failures[0].reason.contains("t10k-labels-idx1-ubyte has the wrong content"))
    }
  }

  @Test func contentOfAnotherFormIsRefused() async throws {
    try await DatasetFixture.run { fixture in
      let labels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 1, 5]
      let path = fixture.folder + "/t10k-labels-idx1-ubyte"
      try Data(labels).write(to: URL(fileURLWithPath: path))
      let digests = fixture.digests.setting(.string(contentDigest(labels)), at: "testLabels")
      let error = await #expect(throws: DatasetError.self) {
        try await fixture.fetch(["file:" + fixture.folder], digests: digests)
      }
      #expect(
        error
          == .wrongForm(
            file: "t10k-labels-idx1-ubyte", reason: "its dimensions are [1], expected [10]")
      )
    }
  }

  @Test func parametersAreCheckedBeforeAnythingRuns() {
    let parameters = ParameterValue.object([
      "sources": .list(
        ["https://host/x", "file:", "ftp://host/", "pip:name", "pip:--user==1", "pip:a==1.0"].map(
          ParameterValue.string)),
      "digests": .object(["testImages": .string("AB"), "testLabels": .string(digest)]),
    ])
    let problems = DatasetStage.problems(in: parameters)
    #expect(
      problems.map(\.path) == [
        "sources.1", "sources.2", "sources.3", "sources.4", "digests.testImages",
      ])
    #expect(problems[1].message.contains("https://HOST/FOLDER/, file:FOLDER or pip:NAME==VERSION"))
  }

  @Test func theDefaultsAreMNISTAndSourcesAreInNoKey() throws {
    let declaration = DatasetStage.declaration
    let defaults = declaration.completing(.object([:]))
    #expect(DatasetStage.problems(in: defaults).isEmpty)
    #expect(defaults[path: "digests.testLabels"] == .string(digest))
    #expect(declaration.parameters.filter { !$0.affectsResult }.map(\.name) == ["sources"])
    #expect(
      declaration.outputs.map(\.name) == ["trainImages", "trainLabels", "testImages", "testLabels"])
  }

  private let digest = "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"
}
