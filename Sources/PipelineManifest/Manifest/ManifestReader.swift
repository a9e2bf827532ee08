import StageInterface

/// Reads a JSON document as a manifest and checks whatever can be checked in one stage alone.
struct ManifestReader {
  let document: JSONDocument
  let kinds: StageKinds
  var log: ProblemLog
  var draft = ManifestDraft()

  static let topLevelKeys = ["$schema", "name", "description", "cache", "stages"]

  init(_ document: JSONDocument, kinds: StageKinds, log: ProblemLog) {
    self.document = document
    self.kinds = kinds
    self.log = log
  }

  mutating func read() {
    let root = JSONDocument.root
    guard let members = object(root, "the manifest") else { return }
    check(members, against: Self.topLevelKeys, of: "the manifest")
    var stages: NodeID?
    for (key, value) in members {
      switch document.string(key) {
      case "$schema", "name", "description": _ = text(value, "this")
      case "cache":
        draft.cacheFolder = text(value, "the folder of the store", isEmptyAllowed: false)
      case "stages": stages = value
      default: break
      }
    }
    guard let stages else {
      return log.add(
        at: document.offset(root), "the manifest has no \"stages\"",
        expected: "\"stages\": { \"name\": { \"kind\": … } }")
    }
    readStages(stages)
  }

  private mutating func readStages(_ node: NodeID) {
    guard let members = object(node, "\"stages\"") else { return }
    var seen: Set<String> = []
    for (key, value) in members {
      let name = document.string(key)
      checkName(name, key, "stage")
      // The reader has told duplicates; the first one stands for the name.
      guard seen.insert(name).inserted else { continue }
      readStage(name, key, value)
    }
    if seen.isEmpty {
      log.add(
        at: document.offset(node), "the manifest has no stage", expected: "at least one stage")
    }
  }

  // MARK: Values of a given type

  /// The members of an object, or nil after a complaint.
  mutating func object(_ node: NodeID, _ what: String) -> JSONDocument.Children? {
    guard document.kind(node) != .object else { return document.members(node) }
    complain(node, "\(what) is not an object", expected: "an object: { … }")
    return nil
  }

  /// A string, or nil after a complaint.
  mutating func text(_ node: NodeID, _ what: String, isEmptyAllowed: Bool = true) -> String? {
    guard document.kind(node) == .string else {
      complain(node, "\(what) is not text", expected: "text in double quotes")
      return nil
    }
    let text = document.string(node)
    if text.isEmpty, !isEmptyAllowed {
      complain(node, "\(what) is empty", expected: "text")
      return nil
    }
    if text.utf8.contains(0) {
      complain(node, "\(what) holds a NUL character", expected: "text without \\u0000")
      return nil
    }
    return text
  }

  /// An integer within a range, or nil after a complaint.
  mutating func integer(_ node: NodeID, _ what: String, _ range: ClosedRange<Int64>) -> Int? {
    if document.kind(node) == .integer, case .integer(let value) = document.value(node),
      range.contains(value)
    {
      return Int(value)
    }
    let isNumber = document.kind(node) == .integer
    complain(
      node, isNumber ? "\(what) is out of range" : "\(what) is not an integer",
      expected: "an integer from \(range.lowerBound) to \(range.upperBound)")
    return nil
  }

  /// A list of strings; elements that are none are left out after a complaint.
  mutating func texts(_ node: NodeID, _ what: String) -> [(text: String, node: NodeID)] {
    guard document.kind(node) == .array else {
      complain(node, "\(what) is not a list", expected: "a list of texts: [\"…\"]")
      return []
    }
    return document.elements(node).compactMap { element in
      text(element.value, "an element of \(what)").map { ($0, element.value) }
    }
  }

  // MARK: Complaints

  /// Adds a problem with a value, unless the value is unreadable and that has been told.
  mutating func complain(
    _ node: NodeID, _ message: String, expected: String? = nil, suggestion: String? = nil
  ) {
    guard document.kind(node) != .invalid else { return }
    log.add(
      at: document.offset(node), message, found: document.excerpt(node), expected: expected,
      suggestion: suggestion)
  }

  /// One member of an object, its name decoded once.
  struct Member {
    let name: String
    let key: NodeID
    let value: NodeID
  }

  /// Complains about members that are not in `keys`.
  mutating func check(
    _ members: JSONDocument.Children, against keys: [String], of what: String
  ) {
    check(
      members.map { Member(name: document.string($0.key), key: $0.key, value: $0.value) },
      against: keys, of: what)
  }

  /// Complains about members that are not in `keys`, in words of the caller's where it has some.
  mutating func check(
    _ members: [Member], against keys: [String], of what: String,
    explain: (String) -> String? = { _ in nil }
  ) {
    for member in members where !keys.contains(member.name) {
      let name = member.name
      log.add(
        at: document.offset(member.key),
        explain(name) ?? "\(what) has no key '\(JSONText.printable(name))'",
        found: JSONText.printable(name), expected: ProblemLog.oneOf(keys),
        suggestion: log.nearest(to: name, in: keys))
    }
  }

  mutating func checkName(_ name: String, _ key: NodeID, _ what: String) {
    guard !NameRule.allows(name) else { return }
    log.add(
      at: document.offset(key),
      "this is no name for \(what.first == "o" || what.first == "i" || what.first == "a" ? "an" : "a") \(what)",
      found: document.excerpt(key), expected: NameRule.expected)
  }
}
