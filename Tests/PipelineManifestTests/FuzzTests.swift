import PipelineManifest
import Testing

/// A small generator with a seed, so that a failure can be repeated.
struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

@Suite struct FuzzTests {
  /// Pieces of text that are likely to reach a corner.
  private static let pieces = [
    "{", "}", "[", "]", ",", ":", "\"", "'", "\\", "\\u", "\\ud800", "//", "/*", "#", "null", "NaN",
    "-", "1e999", "9223372036854775808", "\u{FEFF}", "\n", "é", "{{", "{model}", "@*", "@model=*",
    "@model=3", "*", "**/", "../", "/", "cache/", "\"map\"", "\"kind\"", "\"inputs\"", "\"train\"",
    "[[[[[[", "{\"a\":", "\"from\": 0, \"count\": 5", "\u{0}", "words", "train.weights", "out/",
  ]

  private static func mutated(_ text: [UInt8], _ numbers: inout SeededNumbers) -> [UInt8] {
    var bytes = text
    for _ in 0..<Int.random(in: 1...4, using: &numbers) {
      let place = Int.random(in: 0...bytes.count, using: &numbers)
      let end = min(bytes.count, place + Int.random(in: 0...12, using: &numbers))
      switch Int.random(in: 0..<6, using: &numbers) {
      case 0: bytes.removeSubrange(place..<end)
      case 1: bytes.insert(UInt8.random(in: 0...255, using: &numbers), at: place)
      case 2: bytes.removeSubrange(min(place, bytes.count)...)
      case 3:
        let from = Int.random(in: 0...bytes.count, using: &numbers)
        bytes.insert(contentsOf: bytes[from..<min(bytes.count, from + 80)], at: place)
      default:
        let piece = pieces.randomElement(using: &numbers) ?? ""
        bytes.replaceSubrange(place..<end, with: Array(piece.utf8))
      }
    }
    return bytes
  }

  @Test(arguments: 0..<8) func mutatedManifestsGiveAPlanOrProblems(_ seed: Int) {
    var numbers = SeededNumbers(state: UInt64(seed))
    let text = Array(experiment.utf8)
    var planned = 0
    for round in 0..<1_000 {
      let bytes = Self.mutated(text, &numbers)
      let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      do {
        let plan = try ManifestLoader.plan(file: "p", text: bytes, kinds: ExampleKinds.all)
        planned += 1
        #expect(plan.branches.count == plan.stages.map(\.branches.count).reduce(0, +))
      } catch {
        #expect(!error.problems.isEmpty, "seed \(seed) round \(round)")
        for problem in error.problems {
          let isPlace =
            problem.line >= 1 && problem.line <= lines.count && problem.column >= 1
            && problem.column <= lines[problem.line - 1].count + 1
          #expect(isPlace, "seed \(seed) round \(round): \(problem)")
        }
        #expect(error.problems.map(\.line) == error.problems.map(\.line).sorted())
      }
    }
    #expect(planned > 0)
  }

  @Test func randomBytesAreNoManifest() {
    var numbers = SeededNumbers(state: 99)
    for _ in 0..<2_000 {
      let bytes = (0..<Int.random(in: 0...200, using: &numbers)).map { _ in
        UInt8.random(in: 0...255, using: &numbers)
      }
      #expect(throws: InvalidManifest.self) {
        try ManifestLoader.plan(file: "p", text: bytes, kinds: ExampleKinds.all)
      }
    }
  }

  @Test func randomOverridesNeverCrash() {
    var numbers = SeededNumbers(state: 5)
    for _ in 0..<500 {
      let argument = (0..<4).map { _ in
        [".", "=", "train", "hidden", "optimizer", "words", "minimum", "{", "\"", "é", "1", "name"]
          .randomElement(using: &numbers) ?? ""
      }.joined()
      _ = problems(experiment, overrides: [argument])
    }
  }

  /// Random graphs of commands: the plan has exactly the edges that were drawn.
  @Test(arguments: 0..<20) func randomGraphsKeepTheirEdges(_ seed: Int) throws {
    var numbers = SeededNumbers(state: UInt64(seed) + 1_000)
    let count = 60
    let places = (0..<count).shuffled(using: &numbers)
    var expected = [Set<Int>](repeating: [], count: count)
    var texts = [String](repeating: "", count: count)
    for stage in 0..<count {
      var inputs: [String] = []
      for _ in 0..<Int.random(in: 0...3, using: &numbers) where stage > 0 {
        let source = Int.random(in: 0..<stage, using: &numbers)
        expected[stage].insert(source)
        let reference = Bool.random(using: &numbers) ? "s\(source)" : "out/s\(source)"
        inputs.append("\"i\(inputs.count)\": \"\(reference)\"")
      }
      texts[stage] = #"""
        "s\#(stage)": {"kind": "command", "command": ["x"], "outputs": {"o": "out/s\#(stage)"}, "inputs": {\#(inputs.joined(separator: ","))}}
        """#
    }
    let plan = try plan(stages: places.map { texts[$0] }.joined(separator: ",\n"))
    for (position, stage) in places.enumerated() {
      let sources = plan.branches[position].dependencies.map { places[$0] }
      #expect(Set(sources) == expected[stage])
      for source in plan.branches[position].dependencies {
        #expect(plan.stages[source].depth > plan.stages[position].depth)
      }
    }
    let order = plan.stageOrder
    #expect(order.sorted() == Array(0..<count))
    // A reversed edge always closes a cycle or leaves a plan; never both.
    let looped = texts[0].replacing("\"inputs\": {", with: "\"inputs\": {\"i\": \"s\(count - 1)\"")
    let isReachable = reaches(count - 1, 0, expected)
    texts[0] = looped
    let found = problems("{\"stages\": {" + texts.joined(separator: ",") + "}}")
    #expect(found.contains { $0.message.contains("cycle") } == isReachable)
  }

  private func reaches(_ from: Int, _ to: Int, _ edges: [Set<Int>]) -> Bool {
    from == to || edges[from].contains { reaches($0, to, edges) }
  }
}
