import Foundation
import Testing

/// A disk that is full or read-only: a clear error, nothing lost, the next run goes on.
@Suite(.timeLimit(.minutes(5)), .serialized, .enabled(if: SmallDisk.isPossible, SmallDisk.reason))
struct FullDiskTests {
  @Test func aFullDiskIsToldAndTheNextRunGoesOn() async throws {
    try await withProject { project in
      try await SmallDisk.mounted(at: project.path("cache"), megabytes: 8) { disk in
        try FanPipeline(width: 8, seed: 7).install(in: project)
        try await project.run()
        let changed = FanPipeline(width: 8, seed: 9)
        try changed.install(in: project)
        try disk.fill()
        let full = try await project.pipe("run")
        #expect(full.status == 1, "\(full)")
        #expect(full.errors.contains("error:"))
        #expect(full.errors.contains("space"), "\(full)")

        try disk.empty()
        #expect(try await project.run().totals.failed == 0)
        #expect(try project.read("total.txt") == changed.total)
        try FanPipeline(width: 8, seed: 7).install(in: project)
        #expect(try await project.run().totals.executed == 0, "nothing of before is lost")
      }
    }
  }

  @Test func aDiskThatFillsUpKeepsWhatWasFinished() async throws {
    try await withProject { project in
      let stage = shellStage(
        "big", "head -c 1500000 /dev/urandom > \"$PIPE_OUTPUT_big\"",
        #""map": { "i": { "from": 1, "count": 8 } }, "outputs": { "big": "big/{i}.bin" }"#)
      try project.write(manifest(stage), to: "pipeline.json")
      try await SmallDisk.mounted(at: project.path("cache"), megabytes: 8) { disk in
        let full = try await project.run("--jobs", "1", status: 1)
        #expect(full.totals.executed > 0)
        #expect(full.totals.failed > 0)
        let cause = full.events.named("failed").compactMap(\.cause).joined()
        #expect(cause.contains("space"), "\(full.outcome)")
        try disk.resize(megabytes: 64)
        let next = try await project.run()
        #expect(next.totals.hits == full.totals.executed)
        #expect(next.totals.failed == 0)
        #expect(try await project.run().totals == Totals(hits: 8))
      }
    }
  }

  @Test func aReadOnlyCacheIsToldAndTheNextRunGoesOn() async throws {
    try await withProject { project in
      try await SmallDisk.mounted(at: project.path("cache"), megabytes: 32) { disk in
        try FanPipeline(width: 4, seed: 7).install(in: project)
        try await project.run()
        try FanPipeline(width: 4, seed: 9).install(in: project)
        try disk.makeReadOnly()
        let refused = try await project.pipe("run")
        #expect(refused.status == 1, "\(refused)")
        #expect(refused.errors.lowercased().contains("read-only"), "\(refused)")
        #expect(try await project.pipe("status").status == 0)
        try disk.makeWritable()
        #expect(try await project.run().totals.executed == 6)
      }
    }
  }
}
