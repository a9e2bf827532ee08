import PipelineEngine
import Testing

@Suite struct KeyDifferenceTests {
  private func preimage(_ fields: (KeyPreimage.Tag, String, String)...) -> KeyPreimage {
    var preimage = KeyPreimage()
    for (tag, name, value) in fields { preimage.add(tag, name, value) }
    return preimage
  }

  @Test func noneOfTheSame() {
    let same = preimage((.kind, "", "leaf"), (.parameter, "a", "1"), (.absent, "LANG", ""))
    #expect(same.differences(from: same).isEmpty)
  }

  @Test("Changed and new fields in the order of the new pre-image, then those that are gone")
  func order() {
    let old = preimage(
      (.kind, "", "leaf"), (.parameter, "gone", "0"), (.parameter, "b", "1"), (.code, "leaf", "x"))
    let new = preimage(
      (.kind, "", "leaf"), (.code, "leaf", "y"), (.parameter, "b", "2"), (.parameter, "new", "3"))
    #expect(
      new.differences(from: old) == [
        KeyDifference(tag: .code, name: "leaf", old: "x", new: "y"),
        KeyDifference(tag: .parameter, name: "b", old: "1", new: "2"),
        KeyDifference(tag: .parameter, name: "new", old: nil, new: "3"),
        KeyDifference(tag: .parameter, name: "gone", old: "0", new: nil),
      ])
  }

  @Test("The same name under another tag is another field")
  func tags() {
    let differences = preimage((.parameter, "a", "1")).differences(
      from: preimage((.axis, "a", "1")))
    #expect(
      differences == [
        KeyDifference(tag: .parameter, name: "a", old: nil, new: "1"),
        KeyDifference(tag: .axis, name: "a", old: "1", new: nil),
      ])
  }

  @Test("A variable that comes or goes is one difference; an empty one is not an absent one")
  func environment() {
    let absent = preimage((.absent, "LANG", ""))
    let present = preimage((.environment, "LANG", "x"))
    let empty = preimage((.environment, "LANG", ""))
    #expect(
      present.differences(from: absent) == [
        KeyDifference(tag: .environment, name: "LANG", old: nil, new: "x")
      ])
    #expect(
      absent.differences(from: present) == [
        KeyDifference(tag: .environment, name: "LANG", old: "x", new: nil)
      ])
    #expect(
      empty.differences(from: absent) == [
        KeyDifference(tag: .environment, name: "LANG", old: nil, new: "")
      ])
  }

  /// What differs one way differs the other, and nothing else does.
  @Test(arguments: 0..<200 as Range<UInt64>)
  func property(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let old = random(using: &generator)
    let new = random(using: &generator)
    let (before, after) = (preimage(old), preimage(new))
    let expected = Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }
    let forward = after.differences(from: before)
    #expect(Set(forward.map(\.name)) == expected && forward.count == expected.count)
    for difference in forward {
      #expect(difference.old == old[difference.name] && difference.new == new[difference.name])
    }
    #expect(Set(before.differences(from: after).map(\.name)) == expected)
    #expect(before.differences(from: before).isEmpty)
  }

  private func random(using generator: inout SeededGenerator) -> [String: String] {
    var fields: [String: String] = [:]
    for name in ["a", "b", "c", "d", "e"] where !generator.oneIn(3) {
      fields[name] = ["", "1", "2"].randomElement(using: &generator)
    }
    return fields
  }

  private func preimage(_ fields: [String: String]) -> KeyPreimage {
    var preimage = KeyPreimage()
    for (name, value) in fields.sorted(by: <) { preimage.add(.parameter, name, value) }
    return preimage
  }
}
