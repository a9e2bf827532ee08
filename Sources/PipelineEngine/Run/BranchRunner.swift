import ArtifactCache
import Foundation
import PipelineManifest
import Workspaces

/// What happens to one branch in its child task: execute, check, commit, materialise.
///
/// Outputs are in the store before the record that names them is committed.
struct BranchRunner: Sendable {
  enum Result: Sendable {
    case executed(BranchID, RecordSummary)
    case restored(BranchID, files: Int)
    case failed(BranchID, BranchFailure)
    /// An object among its inputs, or one of its own outputs, is damaged or gone.
    case damaged(BranchID, Digest)
    case unlocked(ReadyQueue.Item, KeyLock)
    case interrupted(BranchID)
  }

  let project: Project
  let run: RunIdentity
  let materializer: Materializer
  let executor: any BranchExecutor
  let latest: LatestRecords
  let report: @Sendable (RunEvent) -> Void

  /// Runs a branch whose key is locked by this run; `isFirst`: no record of it was there then.
  func run(_ work: BranchWork, cores: Int, isFirst: Bool) async -> Result {
    let id = work.branch.id
    return await result(for: id) {
      // After a change that a run has noticed no branch that is due to it can be recorded any more.
      if project.files.hasNoticedChange { try work.checkSources(project.files, hasRun: false) }
      let started = Date().timeIntervalSince1970
      let outcome = try await executor.execute(work, cores: cores, report: report)
      try work.checkSources(project.files)
      let duration = max(0, Date().timeIntervalSince1970 - started)
      // Only the message depends on it.
      let previous = try? latest.summary(of: work.name)
      let record = Record(
        key: work.key, preimage: work.preimage.encoded, stage: work.stage.name, branch: work.name,
        outputs: outcome.outputs,
        log: outcome.log.isEmpty ? nil : try project.cache.objects.put(outcome.log),
        started: started, duration: duration, host: Machine.name, version: Version.text,
        run: run.text)
      try project.cache.commit(record, isFirst: isFirst)
      _ = try materialise(id, outcome.outputs, made: outcome.made)
      let isUnchanged = previous?.hasSameOutputs(as: record.summary) == true
      report(.executed(id, seconds: duration, isUnchanged: isUnchanged))
      return .executed(id, record.summary)
    }
  }

  /// Puts the outputs of a hit into the work tree.
  func restore(_ id: BranchID, _ outputs: [StoredOutput]) async -> Result {
    await result(for: id) {
      let files = try materialise(id, outputs)
      if files > 0 { report(.restored(id, files: files)) }
      return .restored(id, files: files)
    }
  }

  private func materialise(
    _ id: BranchID, _ outputs: [StoredOutput], made: MadeFiles? = nil
  ) throws -> Int {
    let done = try materializer.restore(id, outputs, made: made)
    for displaced in done.displaced {
      report(.displaced(path: displaced.path.text, to: displaced.movedTo))
    }
    return done.restored.count
  }

  private func result(for id: BranchID, _ body: () async throws -> Result) async -> Result {
    do {
      return try await body()
    } catch is CancellationError {
      return .interrupted(id)
    } catch let failure as BranchFailure {
      return Task.isCancelled ? .interrupted(id) : .failed(id, failure)
    } catch let error as CacheError {
      return failure(of: id, error)
    } catch WorkspaceError.cache(let error) {
      return failure(of: id, error)
    } catch {
      return .failed(id, BranchFailure(cause: "\(error)"))
    }
  }

  private func failure(of id: BranchID, _ error: CacheError) -> Result {
    if let object = error.damagedObject { return .damaged(id, object) }
    return .failed(id, BranchFailure(cause: error.description))
  }
}

extension BranchWork {
  /// Throws when a source or a program changed while its stage ran: the result belongs to another key.
  func checkSources(_ project: SourceFiles, hasRun: Bool = true) throws(BranchFailure) {
    var sources: [SourceFile] = []
    for case .files(let files) in inputs.map(\.content) {
      for case .source(let file) in files.map(\.content) { sources.append(file) }
    }
    if let changed = project.changed(sources).first { throw .changed("'\(changed)'", hasRun) }
    if let changed = project.changed(programs.map(\.file)).first {
      throw .changed("program '\(changed)'", hasRun)
    }
  }
}

extension BranchFailure {
  fileprivate static func changed(_ file: String, _ hasRun: Bool) -> BranchFailure {
    BranchFailure(
      cause: hasRun
        ? "\(file) changed while the stage ran, so nothing was recorded"
        : "\(file) has changed since this run began, so the stage was not run",
      hint: "run again when the file is at rest")
  }
}
