import StageInterface

/// Turns checked drafts into a plan: references, axes, branches, paths, edges.
///
/// Each step goes on with whatever stages are sound, so that one mistake hides no other.
struct Planner {
  let document: JSONDocument
  let draft: ManifestDraft
  /// Paths that no output may touch: the manifest, the caches, `.git`.
  let protectedPaths: [String]
  let manifestName: String
  let files: any ProjectListing
  var log: ProblemLog
  let work: [StageWork]
  /// Lists of axis values; columns of relations are indices into them.
  var domains: [[ParameterValue]] = []
  var collections: [CollectionDraft] = []
  /// What a reference gives, by its text: many stages may read the same.
  var groups: [GroupKey: Groups] = [:]
  var outputs = OutputIndex()
  /// The collections of file patterns that several branches make.
  var fileCollections: [FilePattern: CollectionID] = [:]
  /// For each stage the names of its outputs as declared.
  var declaredNames: [[String]] = []
  var branchCount = 0
  /// Where in the project absolute folders of inputs are, looked for once each.
  var placesOfFolders: [PathKey: String?] = [:]
  /// Inputs that no stage makes, looked for once each.
  var isMissing: [FilePattern: Bool] = [:]
  /// Output paths as written, to tell a file from a mistyped stage.
  lazy var literalOutputs = Set(draft.stages.flatMap { $0.outputs.compactMap(\.text) })

  struct GroupKey: Hashable {
    let stage: Int
    let effects: [Selection.Effect]
    let isCollected: Bool
  }

  init(
    _ document: JSONDocument, _ draft: ManifestDraft, manifestName: String, log: ProblemLog,
    files: any ProjectListing
  ) {
    self.document = document
    self.draft = draft
    self.manifestName = manifestName
    self.log = log
    self.files = files
    protectedPaths =
      [manifestName, "cache", ".git"] + files.cachePlaces(declared: draft.cacheFolder)
    work = draft.stages.map { _ in StageWork() }
  }

  /// The plan, or nil when the log has problems.
  mutating func plan() -> Plan? {
    resolveReferences()
    for stage in draft.stages.indices { prepareParameters(of: stage) }
    for stage in referenceOrder() { relate(stage) }
    for stage in draft.stages.indices { readTemplates(of: stage) }
    numberBranches()
    for stage in draft.stages.indices { expandOutputs(of: stage) }
    declaredNames = draft.stages.indices.map { declaredOutputs(of: $0).map(\.name) }
    for stage in draft.stages.indices { expandInputs(of: stage) }
    let depths = depths()
    return log.isEmpty ? assemble(depths: depths) : nil
  }
}

/// What the planner knows about one stage.
///
/// A class, so that looking at one part copies no other.
final class StageWork {
  enum Input {
    /// Told already.
    case broken
    /// Artifacts of the branches of another stage.
    case reference(stage: Int, outputs: [String], selection: Selection?)
    case files(PathTemplate)
  }

  struct Edge: Hashable {
    let stage: Int
    /// Index among the draft's inputs.
    let input: Int
    let isCollected: Bool
  }

  struct FileEdge: Hashable {
    let stage: Int
    let input: Int
  }

  var inputs: [Input] = []
  /// For each input that is a reference, its payload column.
  var payloadColumns: [Int: Int] = [:]
  /// Own axes with checked values; nil when the map is broken.
  var ownAxes: Relation?
  /// One for all branches, or one for each own point when an axis chooses the case of a variant.
  var templates: [ParameterTemplate] = []
  var templateColumn: Int?
  /// Nil when nothing can be said about branches.
  var relation: Relation?
  var firstBranch = 0
  var outputs: [PathTemplate?] = []
  var program: CommandSpecification.Program?
  /// Paths by branch, then by declared output.
  var outputPaths: [[PlannedOutput]] = []
  var branches: [PlannedBranch] = []
  var edges: [Edge] = []
  /// Where the edges of file inputs are among ``edges``.
  var fileEdges: [FileEdge: Int] = [:]
}

/// Branches that are read together: rows of one stage, or the makers of files.
struct CollectionDraft {
  var stage = 0
  /// Columns of the stage's relation.
  var columns: [Int] = []
  var rows: [Int32] = []
  /// Of the makers of files, which may be branches of several stages; then there are no rows.
  var branches: [BranchID] = []
}

/// What a reference gives for each combination of the axes that it keeps: one branch or one collection.
struct Groups {
  var relation: Relation
  let isCollected: Bool
}
