import PipelineEngine
import TestSupport
import Testing

@Suite struct EarlyCutoffTests {
  /// A source, `branches` branches that read it, and a sink that reads all of them.
  private func fan(
    addend: Int = 0, modulus: Int = 2, factor: Int = 1, branches: Int = 20
  ) -> String {
    """
    "source": { "kind": "leaf", "params": { "addend": \(addend), "modulus": \(modulus) } },
    "branch": { "kind": "one", "inputs": { "a": "source" }, "params": { "factor": \(factor) },
                "map": { "x0": { "from": 0, "count": \(branches) } } },
    "sink": { "kind": "fold", "inputs": { "all": "branch@*" } }
    """
  }

  @Test func fanOfTheDesign() async throws {
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      #expect(try await project.run(fan()).totals.executed == 22)
      #expect(try await project.run(fan()).totals.executed == 0, "again")
      let equal = try await project.run(fan(addend: 4))
      #expect(equal.ran == ["source"], "equal bytes")
      #expect(equal.unchanged == ["source"])
      #expect(equal.totals.hits == 21)
      #expect(try await project.run(fan(addend: 4, branches: 40)).totals.executed == 21, "grow")
      #expect(try await project.run(fan(addend: 4)).totals.executed == 0, "shrink")
      #expect(try await project.run(fan(addend: 4, branches: 30)).ran.count == 1, "never seen")
      #expect(try await project.run(fan(factor: 3)).totals.executed == 20, "0 · 3 = 0 · 1")
      #expect(try await project.run(fan()).totals.executed == 0, "and back")
      #expect(try await project.run(fan(addend: 1)).totals.executed == 22)
    }
  }

  @Test("What nobody consumes is in no key")
  func unconsumedOutput() async throws {
    let stages = { (salt: Int) in
      """
      "n": { "kind": "leaf", "params": { "salt": \(salt) } },
      "m": { "kind": "one", "inputs": { "a": "n" } }
      """
    }
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      _ = try await project.run(stages(1))
      let outcome = try await project.run(stages(2))
      #expect(outcome.ran == ["n"])
      #expect(outcome.unchanged.isEmpty, "its trace is another")
    }
  }

  @Test("The order of members in the manifest is in no key")
  func orderOfMembers() async throws {
    let leaves = #""n": { "kind": "leaf" }, "m": { "kind": "leaf", "params": { "addend": 1 } }"#
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      try project.write("in.txt", "")
      _ = try await project.run(
        leaves + """
          , "two": { "kind": "two", "inputs": { "a": "n", "b": "m" } },
          "run": { "kind": "command", "inputs": { "a": "n.value", "text": "in.txt" },
                   "command": "touch p q", "outputs": { "p": "p", "q": "q" } }
          """)
      let outcome = try await project.run(
        leaves + """
          , "run": { "outputs": { "q": "q", "p": "p" }, "kind": "command", "command": "touch p q",
                     "inputs": { "text": "in.txt", "a": "n.value" } },
          "two": { "inputs": { "b": "m", "a": "n" }, "kind": "two" }
          """)
      #expect(outcome.totals.executed == 0, "\(outcome.reasons)")
    }
  }

  @Test("Branches with one key are one piece of work")
  func sharedKey() async throws {
    let stages = """
      "n": { "kind": "leaf", "map": { "x0": [2, 4, 6] }, "params": { "modulus": 2 } },
      "m": { "kind": "one", "inputs": { "a": "n" } },
      "k": { "kind": "one", "inputs": { "a": "n@x0=4" } }
      """
    for jobs in [1, 4] {
      try await withTemporaryFolder { folder in
        let project = TestProject(folder)
        let outcome = try await project.run(stages, jobs: jobs)
        #expect(outcome.totals.executed == 4 && outcome.totals.hits == 3)
        #expect(outcome.ran.filter { !$0.hasPrefix("n@") }.count == 1)
        #expect(try project.values(stages)["m@x0=6"] == 0)
      }
    }
  }

  @Test func onlyTargetsAndWhatTheyNeed() async throws {
    let stages = """
      "a": { "kind": "leaf" }, "b": { "kind": "one", "inputs": { "a": "a" } },
      "c": { "kind": "one", "inputs": { "a": "b" }, "params": { "salt": 1 } },
      "d": { "kind": "leaf", "params": { "salt": 2 } }
      """
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      let part = try await project.run(stages, targets: ["b"])
      #expect(part.ran == ["a", "b"] && part.totals.isSuccess)
      let rest = try await project.run(stages)
      #expect(rest.ran == ["c", "d"] && rest.hits == ["a", "b"])
    }
  }

  /// The second of two equal stages is found when the first has let go of the key, which must let what
  /// waits for it go on.
  @Test("A hit found after its key was locked makes its readers ready")
  func hitAfterLockGoesOn() async throws {
    let stages = """
      "n": { "kind": "leaf", "params": { "addend": 7 } },
      "m": { "kind": "leaf", "params": { "addend": 7 } },
      "last": { "kind": "one", "inputs": { "a": "m" } },
      "other": { "kind": "one", "inputs": { "a": "n" }, "params": { "factor": 5 } }
      """
    try await withTemporaryFolder { folder in
      let totals = try await TestProject(folder).run(stages).totals
      #expect(totals.executed == 3)
      #expect(totals.hits == 1)
      #expect(totals.skipped == 0)
    }
  }
}
