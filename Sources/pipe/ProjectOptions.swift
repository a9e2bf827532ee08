import ArgumentParser
import ArtifactCache
import Foundation
import PipelineEngine
import PipelineManifest
import Synchronization
import Workspaces

/// Options of every command that works on a project.
struct ProjectOptions: ParsableArguments {
  @Option(
    name: [.customShort("C"), .customLong("directory")],
    help: "Work as if started in this folder.", completion: .directory)
  var directory: String?

  @Option(
    name: .customLong("cache"),
    help: "The folder of the cache, which several projects may share (default: cache/).",
    completion: .directory)
  var cacheFolder: String?

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "Set a parameter for this time: train.epochs=20, train.optimizer.learningRate=0.01.",
      valueName: "stage.param=value"))
  var overrides: [String] = []

  func validate() throws {
    // As an unset variable of a shell leaves them; the current folder is not what was meant.
    if directory?.isEmpty == true { throw ValidationError("-C is empty; it takes a folder") }
    if cacheFolder?.isEmpty == true {
      throw ValidationError("--cache is empty; it takes a folder")
    }
  }

  /// The project with its plan, cache and state.
  ///
  /// - Parameters:
  ///   - isReadOnly: True for commands that only look; they never wait for a run.
  ///   - keepingAll: Whether no garbage may be collected meanwhile, though it only looks.
  ///   - needsInputs: Whether an input that does not exist is a mistake in `pipeline.json`.
  ///   - onNotice: Told what the cache notices.
  /// - Returns: The opened project.
  /// - Throws: ``UserError``, `InvalidManifest`, `CacheError`.
  func open(
    isReadOnly: Bool = false, keepingAll: Bool = false, needsInputs: Bool = false,
    onNotice: @escaping @Sendable (CacheNotice) -> Void = Notices.print
  ) throws -> Project {
    try open(
      at: findManifest(), isReadOnly: isReadOnly, keepingAll: keepingAll, needsInputs: needsInputs,
      onNotice: onNotice)
  }

  /// The same for a manifest that has been found.
  func open(
    at place: ManifestPlace, isReadOnly: Bool = false, keepingAll: Bool = false,
    needsInputs: Bool = false,
    onNotice: @escaping @Sendable (CacheNotice) -> Void = Notices.print
  ) throws -> Project {
    // Whoever only looks never writes the memory of a look.
    let start = isReadOnly ? nil : LookStart(manifest: place.path)
    let plan = try plan(at: place, needsInputs: needsInputs, start: start)
    if !plan.warnings.isEmpty { start?.spoil() }
    let own = place.ownCache
    let store = storeFolder(declared: plan.cacheFolder, in: place.folder)
    start?.note(store: store, project: own)
    let tell = Notices.once(isReadOnly: isReadOnly, onNotice)
    let onNotice: @Sendable (CacheNotice) -> Void = { notice in
      start?.spoil()
      tell(notice)
    }
    let state = try ProjectState.open(at: own, readOnly: isReadOnly, onNotice: onNotice)
    let cache = try Cache.open(
      at: store, readOnly: isReadOnly, keepingAll: keepingAll, onNotice: onNotice)
    if !isReadOnly { try cache.registerProject(own, state: state) }
    return Project(
      folder: place.folder, plan: plan, stages: BuiltInStages.registry, cache: cache, state: state,
      files: SourceFiles(
        project: place.folder, memory: SignatureMemory(try state.signatures()),
        excluded: place.folder.places(ofAbsolute: own) + place.folder.places(ofAbsolute: store),
        outputs: DeclaredPlaces {
          plan.branches.flatMap(\.outputs).compactMap { $0.path.flatMap { try? ProjectPath($0) } }
        }, written: { (try? state.writtenPlaces()) ?? [:] }),
      cacheFolder: own, start: start)
  }

  /// The last look at the whole pipeline, if it found everything up to date and a new one would too.
  ///
  /// Nil means that somebody has to look. A run holds what a run holds meanwhile.
  func lastLook(at place: ManifestPlace, forRun isRun: Bool = false) -> LookMemo? {
    guard overrides.isEmpty,
      let state = try? ProjectState.open(at: place.ownCache, readOnly: true, onNotice: { _ in }),
      let look = try? state.lastLook()
    else { return nil }
    let store = storeFolder(declared: look.declaredStore, in: place.folder)
    let holds = {
      look.holds(
        in: place.folder, cacheFolder: place.ownCache, store: store,
        environment: ProcessInfo.processInfo.environment)
    }
    let answer = isRun ? (try? Cache.withoutOpening(store, holds)) ?? false : holds()
    return answer ? look : nil
  }

  /// The plan alone, for commands that need no cache.
  func plan() throws -> Plan {
    try plan(at: findManifest(), needsInputs: false)
  }

  /// Goes to the folder that `-C` names, as if started there, and finds the manifest from it.
  func findManifest() throws -> ManifestPlace {
    if let directory, !FileManager.default.changeCurrentDirectoryPath(directory) {
      throw UserError(
        message: "there is no folder '\(URL(fileURLWithPath: directory).path)' to work in",
        hint: "-C takes a folder")
    }
    return try ManifestPlace.find(named: directory)
  }

  private func plan(
    at place: ManifestPlace, needsInputs: Bool, start: LookStart? = nil
  ) throws -> Plan {
    let plan = try ManifestLoader.plan(
      file: place.shownPath, text: try place.read(), kinds: BuiltInStages.registry.kinds,
      overrides: overrides.map(Override.init),
      files: FilesOfProject(
        folder: place.folder, needsInputs: needsInputs,
        store: { storeFolder(declared: $0, in: place.folder) }, start: start))
    for warning in plan.warnings {
      Terminal.printError(ErrorText.headline("warning", warning.text(file: place.shownPath)))
    }
    return plan
  }

  /// The folder of the store, of which `pipeline.json` says `declared`.
  private func storeFolder(declared: String?, in folder: ProjectFolder) -> String {
    if let cacheFolder {
      return URL(fileURLWithPath: cacheFolder).path
    }
    if let environment = ProcessInfo.processInfo.environment["PIPE_CACHE"], !environment.isEmpty {
      return URL(fileURLWithPath: environment).path
    }
    guard let declared else { return folder.root + "/cache" }
    return URL(fileURLWithPath: declared, relativeTo: URL(fileURLWithPath: folder.root + "/")).path
  }
}

/// Lets the planner ask whether a file exists.
private struct FilesOfProject: ProjectListing {
  let folder: ProjectFolder
  /// Whether a missing input is a mistake now: for a run it is, for who only looks it is not.
  let needsInputs: Bool
  /// The folder of the store for what `pipeline.json` says of it.
  let store: (String?) -> String
  let start: LookStart?

  func exists(_ path: String) -> Bool {
    access(path.hasPrefix("/") ? path : "\(folder.root)/\(path)", F_OK) == 0
  }

  func isMissing(_ path: String) -> Bool { needsInputs && !exists(path) }

  func nearest(to path: String) -> String? { NearestFile.nearest(to: path, in: folder) }

  func place(ofFolder absolute: String) -> String? {
    let place = folder.realPlace(ofFolder: absolute)
    let isProject = absolute.utf8.elementsEqual(folder.root.utf8)
    let written = isProject ? "" : folder.projectPath(ofAbsolute: absolute)?.text
    // A link on the way can come to lead elsewhere, and nothing in the project would tell.
    if let place, written.map({ $0.utf8.elementsEqual(place.utf8) }) != true { start?.spoil() }
    return place
  }

  func cachePlaces(declared: String?) -> [String] {
    folder.places(ofAbsolute: store(declared)).map(\.text)
  }
}

/// What the cache noticed and coped with, as warnings.
enum Notices {
  static let print: @Sendable (CacheNotice) -> Void = { notice in
    // Another run has just committed: no news.
    if case .indexCaughtUp = notice { return }
    Terminal.printError(ErrorText.headline("warning", notice.description))
  }

  /// Tells of an object that stays where it is once, however often it is met.
  ///
  /// Commands that only look do not try to move anything away, so for them that is no trouble to tell of.
  static func once(
    isReadOnly: Bool, _ tell: @escaping @Sendable (CacheNotice) -> Void
  ) -> @Sendable (CacheNotice) -> Void {
    let told = Told()
    return { notice in
      guard case .quarantined(let digest, let reason, nil) = notice else { return tell(notice) }
      guard told.objects.withLock({ $0.insert(digest).inserted }) else { return }
      if !isReadOnly { return tell(notice) }
      let text = "object \(digest.short) is damaged (\(reason)); a run that needs it makes it again"
      Terminal.printError(ErrorText.headline("warning", text))
    }
  }

  private final class Told: Sendable {
    let objects = Mutex<Set<Digest>>([])
  }
}
