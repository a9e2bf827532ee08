package import PipelineManifest

/// What a verification tells while it goes on.
package enum VerificationEvent: Sendable {
  /// `candidates`: the branches that the sample was taken from.
  case started(branches: Int, candidates: Int, jobs: Int, seed: UInt64?)
  case running(BranchID)
  case progress(BranchID, completed: Int, total: Int, unit: String)
  case same(BranchID, seconds: Double)
  case different(BranchID, OutputDifference, seconds: Double)
  case failed(BranchID, BranchFailure)
  case unverified(BranchID, Obstacle)
  case finished(VerificationTotals)

  /// Why a branch cannot be verified.
  package enum Obstacle: String, Sendable {
    case noResult = "no-result"
    /// It works in the project itself, so that running it again would touch the work tree.
    case inProject = "in-project"
  }
}

/// How a verification ended; all counts but the last add up to the branches looked at.
package struct VerificationTotals: Sendable, Equatable {
  package var same = 0
  package var different = 0
  package var failed = 0
  package var unverified = 0
  /// Not run again, because the verification was interrupted.
  package var unreached = 0
  package var seconds = 0.0

  package init() {}

  package var isSuccess: Bool { different == 0 && failed == 0 }
  package var wasInterrupted: Bool { unreached > 0 }
}

/// What the user may decide about a verification.
package struct VerificationOptions: Sendable {
  /// The branches asked for; nil: all.
  package var targets: [BranchID]?
  /// How many of them, chosen at random; nil: all.
  package var sample: Int?
  /// Makes the choice repeatable.
  package var seed: UInt64
  /// Cores that branches may use at once.
  package var jobs: Int

  package init(targets: [BranchID]?, sample: Int?, seed: UInt64, jobs: Int) {
    self.targets = targets
    self.sample = sample
    self.seed = seed
    self.jobs = jobs
  }
}
