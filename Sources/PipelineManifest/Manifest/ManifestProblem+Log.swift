/// Problems while a manifest is read; places are offsets until the end, when all are known.
struct ProblemLog {
  enum Place: Equatable {
    case offset(Int)
    /// Index of a `--set`.
    case override(Int)
  }

  struct Entry: Equatable {
    let place: Place
    let message: String
    let found: String?
    let expected: String?
    let suggestion: String?
  }

  /// Nobody mends more than this in one go, and a hostile file must not cost minutes.
  static let limit = 1_000

  private(set) var entries: [Entry] = []
  private(set) var dropped = 0
  /// Names still to be searched for the nearest one; bounds the time that mistakes can cost.
  private var searchBudget = 2_000_000

  var isEmpty: Bool { entries.isEmpty }

  mutating func add(
    at place: Place, _ message: String, found: String? = nil, expected: String? = nil,
    suggestion: String? = nil
  ) {
    guard entries.count < Self.limit else {
      dropped += 1
      return
    }
    let entry = Entry(
      place: place, message: message, found: found, expected: expected, suggestion: suggestion)
    if entries.last != entry { entries.append(entry) }
  }

  mutating func add(
    at offset: Int, _ message: String, found: String? = nil, expected: String? = nil,
    suggestion: String? = nil
  ) {
    add(
      at: .offset(offset), message, found: found, expected: expected, suggestion: suggestion)
  }

  /// The valid name nearest to a mistyped one; nil when none is near, or the budget is used up.
  mutating func nearest(to name: String, in names: some Collection<String>) -> String? {
    guard searchBudget >= names.count else { return nil }
    searchBudget -= names.count
    return NearestName.find(name, in: names)
  }

  /// The problems with lines, columns and paths, in file order; those of overrides last.
  func problems(in document: JSONDocument, overrides: [Override]) -> [ManifestProblem] {
    var placed: [(offset: Int, entry: Entry)] = []
    var typed: [ManifestProblem] = []
    for entry in entries {
      switch entry.place {
      case .offset(let offset): placed.append((offset, entry))
      case .override(let index):
        typed.append(entry.problem(at: .override(overrides[index].argument), path: ""))
      }
    }
    placed = placed.enumerated()
      .sorted { ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset) }.map(\.element)
    let positions = SourceLines.positions(of: placed.map(\.offset), in: document.bytes)
    var problems = zip(placed, positions).map { item, position in
      item.entry.problem(at: .file(position), path: document.path(at: item.offset))
    }
    if dropped > 0, let last = positions.last {
      problems.append(
        ManifestProblem(
          location: .file(last), path: "", message: "and \(dropped) more problems like these"))
    }
    return problems + typed
  }
}

extension ProblemLog.Entry {
  fileprivate func problem(at location: ManifestProblem.Location, path: String) -> ManifestProblem {
    ManifestProblem(
      location: location, path: path, message: message, found: found, expected: expected,
      suggestion: suggestion)
  }
}

extension ProblemLog {
  /// `one of a, b, c`, cut where a list would fill the screen; `none` where it is empty.
  static func oneOf(_ names: [String], none: String = "nothing") -> String {
    if names.isEmpty { return none }
    if names.count == 1 { return names[0] }
    let shown = names.prefix(24).joined(separator: ", ")
    return "one of " + shown + (names.count > 24 ? ", … (\(names.count) in all)" : "")
  }
}
