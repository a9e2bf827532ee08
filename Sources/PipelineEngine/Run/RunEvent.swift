package import PipelineManifest

/// What a run tells while it goes on; whoever shows it decides how.
package enum RunEvent: Sendable {
  case started(branches: Int, jobs: Int)
  /// The branch has a valid result.
  case hit(BranchID)
  case running(BranchID, RunReason)
  /// The branch is being run by another process on the same store.
  case waiting(BranchID)
  case progress(BranchID, completed: Int, total: Int, unit: String)
  /// `isUnchanged`: the outputs are those of the branch's previous result, so nothing after it runs.
  case executed(BranchID, seconds: Double, isUnchanged: Bool)
  /// An attempt of a command failed and is repeated.
  case retrying(BranchID, attempt: Int, BranchFailure)
  case failed(BranchID, BranchFailure)
  /// Not run, because a branch that it needs failed.
  case skipped(BranchID)
  /// An input of the branch was found damaged; the branches that made it run again.
  case damagedInput(BranchID, madeBy: [BranchID])
  /// Files put back or written into the work tree.
  case restored(BranchID, files: Int)
  /// A file in the way of an output was moved aside.
  case displaced(path: String, to: String)
  /// Outputs that no stage declares any longer were removed.
  case removed(paths: [String])
  case finished(RunTotals)
}

/// How a run ended; the first four counts add up to its branches.
package struct RunTotals: Sendable, Equatable {
  package var executed = 0
  package var hits = 0
  package var failed = 0
  package var skipped = 0
  /// Files put into the work tree.
  package var restored = 0
  package var wasInterrupted = false
  package var seconds = 0.0

  package init(restored: Int = 0, seconds: Double = 0) {
    self.restored = restored
    self.seconds = seconds
  }

  package var isSuccess: Bool { failed == 0 && skipped == 0 && !wasInterrupted }
}

/// Why a branch failed, ready to be shown: what happened, facts, the end of its output, a hint.
package struct BranchFailure: Error, Sendable, CustomStringConvertible {
  package var cause: String
  package var facts: [Fact] = []
  /// The last lines that the branch printed.
  package var output: [String] = []
  package var hint: String?

  package struct Fact: Sendable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  package var description: String { cause }
}
