import Figures
import TestSupport
import Testing

@Suite struct SnapshotTests {
  @Test func scatter() throws { try expectSnapshot(Samples.scatter().svg(), "scatter.svg") }
  @Test func distributions() throws {
    try expectSnapshot(Samples.distributions().svg(), "distributions.svg")
  }
  @Test func power() throws { try expectSnapshot(Samples.power().svg(), "power.svg") }
  @Test func forest() throws { try expectSnapshot(Samples.forest().svg(), "forest.svg") }
}
