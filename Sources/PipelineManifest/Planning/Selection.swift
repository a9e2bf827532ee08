import StageInterface

/// What follows the `@` of a reference: `*`, `7`, `model=7`, `lr=0.1,model=*`.
struct Selection: Hashable {
  enum Selector: Hashable {
    /// `*`
    case all
    /// `7`, for the only axis
    case only(String)
    /// `model=7`
    case one(axis: String, value: String)
    /// `model=*`
    case every(axis: String)
  }

  let selectors: [Selector]

  /// What is wrong with a selection, in the words of a ``ManifestProblem``.
  struct Refusal: Error {
    let message: String
    var found: String?
    var expected: String?
    var name: String?
    var candidates: [String] = []
  }

  /// Reads the text after the `@`; values are as ``BranchName`` writes them.
  init(_ text: Substring) throws(Refusal) {
    var selectors: [Selector] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard !part.isEmpty else {
        throw Refusal(
          message: "a selection of branches is empty",
          found: "@" + JSONText.printable(String(text)),
          expected: "@*, @value, @axis=value or @axis=*")
      }
      selectors.append(try Self.selector(part))
    }
    self.selectors = selectors
  }

  private static func selector(_ part: Substring) throws(Refusal) -> Selector {
    if part == "*" { return .all }
    guard let equals = part.firstIndex(of: "=") else { return .only(try decoded(part)) }
    let axis = String(part[..<equals])
    let value = part[part.index(after: equals)...]
    return value == "*" ? .every(axis: axis) : .one(axis: axis, value: try decoded(value))
  }

  private static func decoded(_ text: Substring) throws(Refusal) -> String {
    guard let value = BranchName.decoded(String(text)) else {
      throw Refusal(
        message: "a value of the selection is not UTF-8", found: JSONText.printable(String(text)))
    }
    return value
  }

  // MARK: Against axes

  /// What a selection does to each axis.
  enum Effect: Hashable {
    case keep
    case collect
    /// Index of the value.
    case fix(Int)
  }

  /// The effect on each of a stage's axes.
  ///
  /// - Parameters:
  ///   - axes: Names and values.
  ///   - stage: The stage's name, for messages.
  /// - Returns: One effect for each axis; whether anything is collected.
  /// - Throws: ``Refusal`` for an axis or a value that is not there, or that is named twice.
  func effects(
    on axes: [(name: String, values: [ParameterValue])], of stage: String
  ) throws(Refusal) -> (effects: [Effect], isCollected: Bool) {
    var effects = [Effect](repeating: .keep, count: axes.count)
    var isCollected = false
    func set(_ index: Int, _ effect: Effect) throws(Refusal) {
      guard effects[index] == .keep else {
        throw Refusal(message: "the selection names axis '\(axes[index].name)' twice")
      }
      effects[index] = effect
    }
    for selector in selectors {
      switch selector {
      case .all:
        for index in axes.indices where effects[index] == .keep { effects[index] = .collect }
        isCollected = true
      case .only(let value):
        guard axes.count == 1 else { throw Self.notOneAxis(axes.map(\.name), value, stage) }
        try set(0, .fix(try Self.index(of: value, axes[0], stage)))
      case .one(let axis, let value):
        let index = try Self.index(ofAxis: axis, axes.map(\.name), stage)
        try set(index, .fix(try Self.index(of: value, axes[index], stage)))
      case .every(let axis):
        try set(try Self.index(ofAxis: axis, axes.map(\.name), stage), .collect)
        isCollected = true
      }
    }
    return (effects, isCollected)
  }

  private static func index(
    ofAxis name: String, _ names: [String], _ stage: String
  ) throws(Refusal) -> Int {
    if let index = names.firstIndex(of: name) { return index }
    throw Refusal(
      message: "stage '\(stage)' has no axis '\(JSONText.printable(name))'",
      found: JSONText.printable(name),
      expected: names.isEmpty ? "no axis" : ProblemLog.oneOf(names), name: name,
      candidates: names)
  }

  private static func index(
    of text: String, _ axis: (name: String, values: [ParameterValue]), _ stage: String
  ) throws(Refusal) -> Int {
    // Of 1 and "1.0" the text 1.0 names the second, which is written so.
    let exact = axis.values.firstIndex { BranchName.plain($0).utf8.elementsEqual(text.utf8) }
    if let index = exact ?? axis.values.firstIndex(where: AxisNumberText(text).names) {
      return index
    }
    let shown = axis.values.prefix(6).map { JSONText.printable(BranchName.plain($0)) }
    let rest = axis.values.count > 6 ? ", … (\(axis.values.count) values)" : ""
    throw Refusal(
      message: "stage '\(stage)' has no branch '\(axis.name)=\(JSONText.printable(text))'",
      found: JSONText.printable(text),
      expected: ProblemLog.oneOf(shown) + rest, name: text,
      candidates: axis.values.prefix(1_000).map { BranchName.plain($0) })
  }

  private static func notOneAxis(
    _ names: [String], _ value: String, _ stage: String
  ) -> Refusal {
    Refusal(
      message: names.isEmpty
        ? "stage '\(stage)' has no axis, so it has no branch '\(JSONText.printable(value))'"
        : "stage '\(stage)' has several axes, so a value needs the name of its axis",
      found: "@" + JSONText.printable(value),
      expected: names.isEmpty ? stage : names.map { "\($0)=…" }.joined(separator: ","))
  }
}

/// A value as somebody typed it, compared as a number, so that `1e-3` finds `0.001`.
private struct AxisNumberText {
  private let integer: Int64?
  private let number: Double?

  init(_ text: String) {
    integer = Int64(text)
    number = Double(text)
  }

  func names(_ value: ParameterValue) -> Bool {
    switch value {
    case .integer(let value):
      integer.map { $0 == value } ?? (number.map { $0 == Double(value) } ?? false)
    case .number(let value): number == value
    case .string, .boolean, .null, .list, .object: false
    }
  }
}
