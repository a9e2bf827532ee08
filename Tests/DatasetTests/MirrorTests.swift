import Dataset
import Foundation
import StageInterface
import StageTestSupport
import Testing

/// Downloads from a real server on the loopback, with every fault we could think of.
struct MirrorTests {
  @Test func aWholeDatasetIsFetched() async throws {
    try await DatasetFixture.run { fixture in
      try await MirrorServer.run("good", folder: fixture.folder) { server in
        let harness = try await fixture.fetch([server.url])
        #expect(harness.outputs == fixture.files)
        #expect(server.requests.count == 4)
        #expect(fixture.partialFiles.isEmpty)
        #expect(harness.progress.allSatisfy { $0.unit == "MB" && $0.completed <= $0.total })
        #expect(!harness.progress.isEmpty)
      }
    }
  }

  /// After a cut the second request continues; what a server may do then is in the name of the fault.
  @Test(arguments: [
    ("cut", ["bytes=N- \"one\""]), ("cut-without-validator", ["bytes=N- -"]),
    ("cut-then-ignores-range", ["bytes=N- \"one\""]), ("cut-then-changed", ["bytes=N- \"one\""]),
    ("cut-then-other-pieces", ["bytes=N- -", "- -"]),
    ("cut-then-boundless", ["bytes=N- -"]),
    ("cut-then-wrong-range", ["bytes=N- -", "- -"]), ("cut-then-416", ["bytes=N- -", "- -"]),
  ])
  func aCutDownloadIsContinuedOrRestarted(behaviour: String, later: [String]) async throws {
    try await DatasetFixture.run { fixture in
      try await MirrorServer.run(behaviour, folder: fixture.folder) { server in
        let harness = try await fixture.fetch([server.url])
        #expect(harness.outputs == fixture.files)
        let requests = server.requests.filter { $0.hasPrefix("train-images") }
        let asked = requests.map { request in
          request.split(separator: " ").dropFirst().joined(separator: " ")
            .replacing(/bytes=[1-9][0-9]*-/, with: "bytes=N-")
        }
        #expect(asked == ["- -"] + later)
        #expect(fixture.partialFiles.isEmpty)
      }
    }
  }

  @Test func aPartialDownloadSurvivesTheRun() async throws {
    try await DatasetFixture.run { fixture in
      try await MirrorServer.run("stall", folder: fixture.folder) { server in
        let failures = try await fixture.failures([server.url])
        #expect(failures.count == 1)
        #expect(fixture.partialFiles == ["train-images-idx3-ubyte.gz.part"])
      }
      // Another mirror is another file: its bytes are not appended to the first one's.
      try await MirrorServer.run("good", folder: fixture.folder) { server in
        let harness = try await fixture.fetch([server.url])
        #expect(harness.outputs == fixture.files)
        #expect(server.requests.contains("train-images-idx3-ubyte.gz - -"))
      }
    }
  }

  @Test func aLaterRunContinuesWhereTheFirstStopped() async throws {
    try await DatasetFixture.run { fixture in
      try await MirrorServer.run("good", folder: fixture.folder) { server in
        // As a killed run leaves it: the first bytes, and where they came from.
        try await fixture.fetch([server.url])
        let url = server.url + "train-labels-idx1-ubyte.gz"
        let part = fixture.workFolder + "/train-labels-idx1-ubyte.gz.part"
        try Data([0x1f, 0x8b, 8]).write(to: URL(fileURLWithPath: part))
        try Data("\(url)\n\"one\"".utf8).write(to: URL(fileURLWithPath: part + ".origin"))
        let harness = try await fixture.fetch([server.url])
        #expect(harness.outputs == fixture.files)
        #expect(server.requests.contains("train-labels-idx1-ubyte.gz bytes=3- \"one\""))
      }
    }
  }

  @Test(arguments: [
    ("status404", "answered 404 (no such file)"), ("status401", "answered 401 (it wants credent"),
    ("status403", "answered 403 (access refused)"), ("status503", "answered 503 (the server is"),
    ("page", "neither gzip nor IDX; it begins with \"<!DOCTYPE html>"), ("empty", "neither gzip"),
    ("loop", "redirects"), ("to-file", "rotocol"), ("stall", "too slow"), ("silent", "too slow"),
    ("huge", "larger than 1 MB"), ("endless", "larger than 1 MB"),
    ("bomb", "gz, inflated, is larger than 1 MB"), ("truncated", "it is cut off"),
    ("other", "has the wrong content: SHA-256 expected"), ("always-cut", "transfer closed"),
  ])
  func aFaultyMirrorIsNamedAndTheNextSourceAsked(behaviour: String, reason: String) async throws {
    try await DatasetFixture.run { fixture in
      try await MirrorServer.run(behaviour, folder: fixture.folder) { server in
        let failures = try await fixture.failures([server.url])
        #expect(failures.map(\.source) == [server.url])
        #expect(failures[0].reason.contains(reason), "\(failures[0].reason)")
        // Only what a later run may continue is kept.
        let isResumable = ["stall", "always-cut"].contains(behaviour)
        #expect(fixture.partialFiles.isEmpty != isResumable)
        let harness = try await fixture.fetch([server.url, "file:" + fixture.folder])
        #expect(harness.outputs == fixture.files)
        #expect(harness.log.contains { $0.hasPrefix("source \(server.url) failed: ") })
      }
    }
  }

  @Test func aMovedMirrorIsFollowed() async throws {
    try await DatasetFixture.run { fixture in
      try await MirrorServer.run("moved", folder: fixture.folder) { server in
        let harness = try await fixture.fetch([server.url])
        #expect(harness.outputs == fixture.files)
      }
    }
  }

  @Test func aHostThatIsNotThereFallsThrough() async throws {
    try await DatasetFixture.run { fixture in
      let sources = ["http://host.invalid/mnist/", "http://127.0.0.1:1/", "file:" + fixture.folder]
      let harness = try await fixture.fetch(sources)
      #expect(harness.outputs == fixture.files)
    }
  }

  @Test func cancellingEndsATransfer() async throws {
    try await DatasetFixture.run { fixture in
      try await MirrorServer.run("silent", folder: fixture.folder) { server in
        var limits = TransferLimits()
        limits.stallSeconds = 300
        let stage = DatasetStage(limits: limits)
        let context = StageHarness().context(
          DatasetStage.self,
          parameters: .object(["sources": .list([.string(server.url)])]),
          workFolder: fixture.workFolder)
        let work = Task { try await stage.run(context) }
        while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(20)) }
        let begin = ContinuousClock.now
        work.cancel()
        await #expect(throws: CancellationError.self) { try await work.value }
        #expect(ContinuousClock.now - begin < .seconds(5))
      }
    }
  }
}
