import Globs
import StageInterface

/// What an input of one branch comes to.
struct ResolvedInput {
  let input: PlannedInput
  var dependency: BranchID?
  var collection: CollectionID?
}

extension Planner {
  /// Makes the branches of a stage.
  mutating func expandInputs(of stage: Int) {
    var constant: [ResolvedInput?] = []
    var isTold = [Bool](repeating: false, count: work[stage].inputs.count)
    for position in work[stage].inputs.indices {
      constant.append(constantInput(position, of: stage, &isTold))
    }
    guard let relation = work[stage].relation,
      work[stage].outputPaths.count == relation.count
    else { return }
    work[stage].branches.reserveCapacity(relation.count)
    for row in 0..<relation.count {
      let values = axisValues(of: stage, row: row)
      var inputs: [PlannedInput] = []
      inputs.reserveCapacity(constant.count)
      var dependencies: [BranchID] = []
      var collections: [CollectionID] = []
      for position in constant.indices {
        guard
          let resolved = constant[position] ?? input(position, values, row, of: stage, &isTold)
        else { continue }
        inputs.append(resolved.input)
        if let branch = resolved.dependency, !dependencies.contains(branch) {
          dependencies.append(branch)
        }
        if let collection = resolved.collection, !collections.contains(collection) {
          collections.append(collection)
        }
      }
      dependencies.sort()
      collections.sort()
      guard let template = template(of: stage, row: row) else { continue }
      work[stage].branches.append(
        PlannedBranch(
          id: work[stage].firstBranch + row, stage: stage, axisValues: values, inputs: inputs,
          outputs: work[stage].outputPaths[row], dependencies: dependencies,
          collections: collections, template: template))
    }
    work[stage].outputPaths = []
  }

  /// An input that is the same for all branches; nil when it differs or is broken.
  private mutating func constantInput(
    _ position: Int, of stage: Int, _ isTold: inout [Bool]
  ) -> ResolvedInput? {
    guard case .files(let template) = work[stage].inputs[position], template.isConstant else {
      return nil
    }
    return files(template.fill([]) { .null }, template, position, of: stage, &isTold)
  }

  private mutating func input(
    _ position: Int, _ values: [ParameterValue], _ row: Int, of stage: Int,
    _ isTold: inout [Bool]
  ) -> ResolvedInput? {
    let name = draft.stages[stage].inputs[position].name
    switch work[stage].inputs[position] {
    case .broken: return nil
    case .reference(let source, let outputs, let selection):
      guard let relation = work[stage].relation else { return nil }
      let column = work[stage].payloadColumns[position]
      let payload = column.map { Int(relation.payloads[$0][row]) } ?? 0
      if selection?.mayCollect ?? false {
        return ResolvedInput(
          input: PlannedInput(name: name, source: .collected(payload, outputs)),
          collection: payload)
      }
      let branch = work[source].firstBranch + payload
      return ResolvedInput(
        input: PlannedInput(name: name, source: .outputs(branch, outputs)), dependency: branch)
    case .files(let template):
      if template.isConstant { return nil }
      let templates = self.template(of: stage, row: row)
      let filled = template.fill(values) { templates?.parameters(values) ?? .null }
      return files(filled, template, position, of: stage, &isTold)
    }
  }

  // MARK: Files

  private mutating func files(
    _ filled: (text: String, values: [String]), _ template: PathTemplate, _ position: Int,
    of stage: Int, _ isTold: inout [Bool]
  ) -> ResolvedInput? {
    if isTold[position] { return nil }
    let drafted = draft.stages[stage].inputs[position]
    do {
      let pattern = try pattern(filled, template)
      let producers = outputs.producers(of: pattern)
      guard !isOwn(producers, drafted, of: stage) else {
        isTold[position] = true
        return nil
      }
      if producers.isEmpty, isMissing(pattern) {
        isTold[position] = true
        tellMissing(filled.text, drafted)
        return nil
      }
      return edge(to: producers, pattern, position, of: stage)
    } catch {
      isTold[position] = true
      log.add(
        at: drafted.offset, "input '\(drafted.name)': \(error.message)",
        found: JSONText.printable(filled.text), expected: error.expected)
      return nil
    }
  }

  private mutating func isMissing(_ pattern: FilePattern) -> Bool {
    if let known = isMissing[pattern] { return known }
    let answer =
      switch pattern {
      case .file(let path), .folder(let path): files.isMissing(path)
      case .glob: false
      }
    isMissing[pattern] = answer
    return answer
  }

  private mutating func tellMissing(_ path: String, _ drafted: InputDraft) {
    log.add(
      at: drafted.offset, "input '\(drafted.name)' does not exist", found: JSONText.printable(path),
      expected: "a file of the project, or an output that a stage declares",
      suggestion: files.nearest(to: path))
  }

  private mutating func pattern(
    _ filled: (text: String, values: [String]), _ template: PathTemplate
  ) throws(ProjectPath.Refusal) -> FilePattern {
    let isFolder = filled.text.utf8.last == UInt8(ascii: "/")
    let path = projectPath(
      try ProjectPath.normal(filled.text, isAbsoluteAllowed: true), isFolder,
      isPattern: template.isPattern)
    guard !path.isEmpty, path != "/" else {
      throw ProjectPath.Refusal(
        message: "the whole project holds the cache too", expected: "a folder, or a pattern")
    }
    let isPattern = template.isPattern
    let folder = isPattern ? Glob.literalFolder(path) : path
    for own in protectedPaths where own != manifestName && !folder.isEmpty {
      guard ProjectPath.lies(folder, in: own) || isFolder && ProjectPath.lies(own, in: folder)
      else {
        continue
      }
      throw ProjectPath.Refusal(
        message: "the path leads into '\(own)', which changes with every run",
        expected: "a path outside of it")
    }
    guard isPattern else {
      let isFile = !isFolder
      if isFile, outputs.isFolderOfOutputs(path) {
        throw ProjectPath.Refusal(
          message: "'\(JSONText.printable(path))' is a folder that holds outputs",
          expected: "\"\(JSONText.printable(path))/\" for the whole folder")
      }
      return isFile ? .file(path) : .folder(path)
    }
    if let value = filled.values.first(where: Glob.isPattern) {
      throw ProjectPath.Refusal(
        message: "the value '\(JSONText.printable(value))' would be a wildcard in a pattern",
        expected: "values without * ? [")
    }
    return .glob(isFolder ? path + "/**" : path)
  }

  /// The path in the project where an absolute one leads there: outputs and the cache are known by it.
  private mutating func projectPath(_ path: String, _ isFolder: Bool, isPattern: Bool) -> String {
    guard path.utf8.first == UInt8(ascii: "/") else { return path }
    let folder =
      isPattern ? Glob.literalFolder(path) : isFolder ? path : ProjectPath.parent(path) ?? "/"
    guard let place = place(ofFolder: folder.isEmpty ? "/" : folder) else { return path }
    let rest = path.utf8.dropFirst(folder.utf8.count).drop { $0 == UInt8(ascii: "/") }
    return place.isEmpty || rest.isEmpty
      ? place + String(Substring(rest)) : place + "/" + String(Substring(rest))
  }

  private mutating func place(ofFolder absolute: String) -> String? {
    let key = PathKey(path: absolute)
    if let known = placesOfFolders[key] { return known }
    let place = files.place(ofFolder: absolute)
    placesOfFolders[key] = .some(place)
    return place
  }

  private mutating func isOwn(
    _ producers: [OutputIndex.Entry], _ drafted: InputDraft, of stage: Int
  ) -> Bool {
    guard let own = producers.first(where: { $0.stage == stage }) else { return false }
    let name = declaredOutputs(of: stage)[own.output].name
    log.add(
      at: drafted.offset,
      "input '\(drafted.name)' covers output '\(name)' of its own stage '\(draft.stages[stage].name)'",
      found: JSONText.printable(drafted.text) + " and " + JSONText.printable(own.path),
      expected: "inputs apart from outputs")
    return true
  }

  /// The edge to whoever makes the files: a branch, or a collection when there are several.
  private mutating func edge(
    to producers: [OutputIndex.Entry], _ pattern: FilePattern, _ position: Int, of stage: Int
  ) -> ResolvedInput {
    let name = draft.stages[stage].inputs[position].name
    let paths = producers.map { entry in
      ProducedPath(
        branch: entry.branch, output: declaredNames[entry.stage][entry.output], path: entry.path)
    }
    let input = PlannedInput(name: name, source: .files(pattern, producers: paths))
    let branches = Set(producers.map(\.branch)).sorted()
    var counts: [Int: Int] = [:]
    for producer in producers { counts[producer.stage, default: 0] += 1 }
    for (source, count) in counts.sorted(by: { $0.key < $1.key }) {
      addFileEdge(.init(stage: source, input: position, isCollected: count > 1), to: stage)
    }
    if branches.count < 2 { return ResolvedInput(input: input, dependency: branches.first) }
    let known = fileCollections[pattern]
    let collection = known ?? collections.count
    if known == nil {
      fileCollections[pattern] = collection
      collections.append(CollectionDraft(branches: branches))
    }
    return ResolvedInput(input: input, collection: collection)
  }

  private mutating func addFileEdge(_ edge: StageWork.Edge, to stage: Int) {
    let place = StageWork.FileEdge(stage: edge.stage, input: edge.input)
    guard let known = work[stage].fileEdges[place] else {
      work[stage].fileEdges[place] = work[stage].edges.count
      return work[stage].edges.append(edge)
    }
    if edge.isCollected { work[stage].edges[known] = edge }
  }
}
