import StageInterface
import Synchronization

/// What the integer stages of one test did, and what they are asked to do besides.
///
/// Stages find it as a task-local value, so tests that run at the same time never mix.
final class Tape: Sendable {
  typealias Hook = @Sendable (StageContext) async throws -> Void

  @TaskLocal static var current: Tape?

  struct Entry: Sendable {
    let branch: String
    let cores: Int
  }

  /// By branch: called before that branch reads its inputs.
  private let hooks: [String: Hook]
  private let state = Mutex<[Entry]>([])

  init(hooks: [String: Hook] = [:]) {
    self.hooks = hooks
  }

  /// In the order in which they began.
  var entries: [Entry] { state.withLock { $0 } }

  func note(_ context: StageContext) async throws {
    state.withLock { $0.append(Entry(branch: context.branch, cores: context.cores)) }
    try await hooks[context.branch]?(context)
  }
}
