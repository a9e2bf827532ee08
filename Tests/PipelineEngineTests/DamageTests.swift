import PipelineEngine
import TestSupport
import Testing

/// Objects that were damaged or lost behind the engine's back.
@Suite struct DamageTests {
  private func chain(_ salt: Int = 0) -> String {
    """
    "n": { "kind": "leaf", "params": { "addend": 123 } },
    "m": { "kind": "one", "inputs": { "a": "n" }, "params": { "addend": 1, "salt": \(salt) } },
    "k": { "kind": "one", "inputs": { "a": "m" }, "params": { "addend": 1 } }
    """
  }

  @Test("A flipped bit is found at use; its maker runs again, and the reader gets right bytes")
  func damagedInput() async throws {
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      _ = try await project.run(chain())
      try project.damageObject(of: "n", output: "value")
      let outcome = try await project.run(chain(1))
      #expect(outcome.totals.isSuccess)
      #expect(outcome.executed == ["m", "n"])
      #expect(outcome.began == ["m", "n", "m"], "m finds it, n makes it, m goes on")
      #expect(outcome.makersOfDamage == ["n"])
      #expect(outcome.reasons["n"] == .outputsLost(output: "value"))
      #expect(try project.values(chain(1)) == ["n": 123, "m": 124, "k": 125])
      #expect(try await project.run(chain(1)).totals.hits == 3)
    }
  }

  @Test("Damage that nobody reads is left to the check")
  func damageOfUnusedObject() async throws {
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      _ = try await project.run(chain())
      try project.damageObject(of: "n", output: "trace")
      #expect(try await project.run(chain(1)).ran == ["m"])
    }
  }

  @Test("A result and another that was made from it, both damaged", .timeLimit(.minutes(1)))
  func damagedChain() async throws {
    // d reads a and finds damage; while a is made again, c reads b and finds damage too.
    let hooks: [String: Tape.Hook] = [
      "a": { _ in try await Task.sleep(for: .milliseconds(50)) },
      "c": { _ in
        while Tape.current?.entries.contains(where: { $0.branch == "a" }) == false {
          try await Task.sleep(for: .milliseconds(1))
        }
      },
    ]
    let stages = { (salt: Int) in
      """
      "a": { "kind": "leaf", "params": { "addend": 321 } },
      "b": { "kind": "one", "inputs": { "a": "a" }, "params": { "addend": 2 } },
      "c": { "kind": "one", "inputs": { "a": "b" }, "params": { "salt": \(salt) } },
      "d": { "kind": "one", "inputs": { "a": "a" }, "params": { "salt": \(salt + 1_000) } }
      """
    }
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      _ = try await project.run(stages(0))
      for round in 1...2 {
        try project.damageObject(of: "a", output: "value")
        try project.damageObject(of: "b", output: "value")
        let outcome = try await project.run(stages(round), jobs: 3, hooks: hooks)
        #expect(outcome.totals.isSuccess, "\(outcome.failures)")
        #expect(outcome.executed == ["a", "b", "c", "d"])
        #expect(try project.values(stages(round)) == ["a": 321, "b": 323, "c": 323, "d": 321])
      }
    }
  }

  @Test(arguments: [true, false])
  func damagedElementOfCollection(isLost: Bool) async throws {
    let stages = { (salt: Int) in
      """
      "n": { "kind": "leaf", "map": { "x0": [11, 22, 33] } },
      "sum": { "kind": "fold", "inputs": { "all": "n@*" }, "params": { "salt": \(salt) } },
      "other": { "kind": "fold", "inputs": { "all": "n@*" }, "params": { "salt": \(-salt) } }
      """
    }
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      _ = try await project.run(stages(1))
      if isLost {
        try project.removeObject(of: "n@x0=22", output: "value")
      } else {
        try project.damageObject(of: "n@x0=22", output: "value")
      }
      let outcome = try await project.run(stages(2))
      #expect(outcome.totals.isSuccess)
      #expect(outcome.executed == ["n@x0=22", "other", "sum"])
      #expect(try project.values(stages(2))["sum"] == 11 + 44 + 99)
    }
  }

  @Test("An output to be put into the work tree is found damaged")
  func damagedOutputOfHit() async throws {
    let stages = """
      "n": { "kind": "leaf", "params": { "addend": 5 }, "outputs": { "value": "five.txt" } },
      "book": { "kind": "pages", "outputs": { "book": "book/" } }
      """
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      _ = try await project.run(stages)
      try project.damageObject(of: "n", output: "value")
      try project.damageObject(of: "book", output: "book", member: 1)
      try project.write("five.txt", "edited\n")
      try project.write("book/part/1.txt", "edited\n")
      let outcome = try await project.run(stages)
      #expect(outcome.totals.isSuccess)
      #expect(outcome.ran == ["book", "n"])
      #expect(project.text("five.txt") == "5\n")
      #expect(project.text("book/part/1.txt") == "1\n")
    }
  }

  @Test("The listing of a folder that a command reads is damaged")
  func damagedListing() async throws {
    let stages = { (word: String) in
      """
      "book": { "kind": "pages", "params": { "count": 3 }, "outputs": { "book": "book/" } },
      "run": { "kind": "command", "inputs": { "page": "book/part/2.txt" }, "outputs": { "o": "o" },
               "command": "cat book/part/2.txt > o; echo \(word) >> o" }
      """
    }
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      _ = try await project.run(stages("one"))
      #expect(project.text("o") == "2\none\n")
      try project.damageObject(of: "book", output: "book")
      let outcome = try await project.run(stages("two"))
      #expect(outcome.totals.isSuccess, "\(outcome.failures)")
      #expect(outcome.executed == ["book", "run"])
      #expect(project.text("o") == "2\ntwo\n")
    }
  }

  @Test("A maker that fails the second time takes its readers with it")
  func makerFails() async throws {
    struct Broken: Error {}
    let stages = { (salt: Int) in
      """
      "n": { "kind": "leaf", "params": { "addend": 77 } },
      "m": { "kind": "one", "inputs": { "a": "n" }, "params": { "salt": \(salt) } },
      "k": { "kind": "one", "inputs": { "a": "n" }, "params": { "salt": \(salt + 100) } },
      "end": { "kind": "two", "inputs": { "a": "m", "b": "k" }, "params": { "salt": \(salt) } }
      """
    }
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      _ = try await project.run(stages(0))
      try project.damageObject(of: "n", output: "value")
      let outcome = try await project.run(
        stages(1), keepsGoing: true, hooks: ["n": { _ in throw Broken() }])
      #expect(outcome.totals.failed == 1 && outcome.totals.skipped == 3)
      #expect(outcome.failures.keys.sorted() == ["n"])
      #expect(outcome.skipped == ["end", "k", "m"], "each is told once")
      #expect(try await project.run(stages(1)).totals.isSuccess)
      #expect(try project.values(stages(1))["end"] == 154)
    }
  }

  @Test("Who only looks sees which output is lost, and no valid result beside it")
  func damagedListingIsAssessed() async throws {
    let stages = { (word: String) in
      """
      "book": { "kind": "pages", "params": { "count": 3 }, "outputs": { "book": "book/" } },
      "run": { "kind": "command", "inputs": { "page": "book/part/2.txt" }, "outputs": { "o": "o" },
               "command": "cat book/part/2.txt > o; echo \(word) >> o" },
      "after": { "kind": "command", "inputs": { "book": "book", "o": "run" },
                 "command": "cat o > p", "outputs": { "p": "p" } }
      """
    }
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      _ = try await project.run(stages("one"))
      try project.damageObject(of: "book", output: "book")
      let assessment = try project.assess(project.plan(stages("two")))
      guard case .wouldRun(let reason)? = assessment.statuses[0] else {
        Issue.record("\(String(describing: assessment.statuses[0]))")
        return
      }
      #expect(reason == .outputsLost(output: "book"))
      #expect(assessment.records.allSatisfy { $0 == nil })
      for reader in 1...2 {
        guard case .mayRun? = assessment.statuses[reader] else {
          Issue.record("\(String(describing: assessment.statuses[reader]))")
          continue
        }
      }
    }
  }
}
