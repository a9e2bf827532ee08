/// A file pattern: `*`, `?` and `[…]` within one component, `**` for any number of folders.
///
/// As in a shell, a wildcard does not match a name's leading dot; a component that begins with a dot
/// does. A set is `[abc]`, `[a-z]`, or its complement `[!a-z]`; an unclosed `[` is an ordinary character.
/// Matching is by Unicode scalar. Whoever plans and whoever looks for files must agree on what a pattern
/// takes, so this is the only matcher.
package struct Glob: Sendable {
  enum Component: Sendable {
    /// A name without wildcards.
    case name(String)
    case pattern([Token])
    /// `**`
    case folders
  }

  enum Token: Sendable {
    case literal(Unicode.Scalar)
    case anyOne
    case anyMany
    case set(ranges: [ClosedRange<Unicode.Scalar>], isComplement: Bool)
  }

  package let text: String
  let components: [Component]

  /// The pattern `text`, a path without empty, `.` and `..` components.
  package init(_ text: String) {
    self.text = text
    components = Self.names(in: text).map { component in
      if component.utf8.elementsEqual("**".utf8) { return .folders }
      let tokens = Self.tokens(of: component)
      let isPlain = tokens.allSatisfy { if case .literal = $0 { true } else { false } }
      return isPlain ? .name(component) : .pattern(tokens)
    }
  }

  fileprivate static func names(in path: String) -> [String] {
    path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
  }

  private static func tokens(of component: String) -> [Token] {
    let scalars = Array(component.unicodeScalars)
    var tokens: [Token] = []
    var index = 0
    while index < scalars.count {
      switch scalars[index] {
      case "*": tokens.append(.anyMany)
      case "?": tokens.append(.anyOne)
      case "[":
        if let (set, end) = self.set(in: scalars, at: index) {
          tokens.append(set)
          index = end
        } else {
          tokens.append(.literal("["))
        }
      case let scalar: tokens.append(.literal(scalar))
      }
      index += 1
    }
    return tokens
  }

  /// The set that opens at `start`, and the index of its `]`.
  private static func set(in scalars: [Unicode.Scalar], at start: Int) -> (Token, Int)? {
    var index = start + 1
    let isComplement = index < scalars.count && (scalars[index] == "!" || scalars[index] == "^")
    if isComplement { index += 1 }
    var ranges: [ClosedRange<Unicode.Scalar>] = []
    let first = index
    while index < scalars.count {
      if scalars[index] == "]", index > first {
        return (.set(ranges: ranges, isComplement: isComplement), index)
      }
      let lower = scalars[index]
      if index + 2 < scalars.count, scalars[index + 1] == "-", scalars[index + 2] != "]" {
        let upper = scalars[index + 2]
        if lower <= upper { ranges.append(lower...upper) }
        index += 3
      } else {
        ranges.append(lower...lower)
        index += 1
      }
    }
    return nil
  }
}

// MARK: - Telling patterns

extension Glob {
  /// Whether a text holds a wildcard at all.
  package static func isPattern(_ text: String) -> Bool {
    text.utf8.contains {
      $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[")
    }
  }

  /// The folder before the first component with a wildcard; empty for the project.
  package static func literalFolder(_ pattern: String) -> String {
    let parts = pattern.split(separator: "/", omittingEmptySubsequences: false)
    return parts.prefix { !isPattern(String($0)) }.joined(separator: "/")
  }
}

// MARK: - Matching

extension Glob {
  /// How far a path has been matched: the components that may match its next name, ascending.
  package struct Progress: Sendable {
    let positions: [Int]

    /// Whether no path that goes on from here is a match.
    package var isOver: Bool { positions.isEmpty }
  }

  package var start: Progress { progress([0]) }

  /// The progress after one more name, and whether the path that ends with it is a match.
  package func advance(_ progress: Progress, by name: String) -> (next: Progress, isMatch: Bool) {
    var reached: Set<Int> = []
    for position in progress.positions where components[position].matches(name) {
      if case .folders = components[position] { reached.insert(position) }
      let isLastFolders = position == components.count - 1
      if case .folders = components[position], !isLastFolders { continue }
      reached.insert(position + 1)
    }
    return (self.progress(reached), reached.contains(components.count))
  }

  /// The names that can come next, where they are few and known: a pattern without wildcard here.
  package func namesAhead(_ progress: Progress) -> [String]? {
    var names: [String] = []
    for position in progress.positions {
      guard case .name(let name) = components[position] else { return nil }
      names.append(name)
    }
    return names
  }

  /// `**` may stand for no folder at all, so what follows it can come next as well.
  private func progress(_ positions: Set<Int>) -> Progress {
    var all = positions
    for position in components.indices where all.contains(position) {
      if case .folders = components[position], position + 1 < components.count {
        all.insert(position + 1)
      }
    }
    return Progress(positions: all.filter { $0 < components.count }.sorted())
  }

  /// Whether the pattern matches this path.
  package func matches(_ path: String) -> Bool {
    var (progress, isMatch) = (start, false)
    for name in Self.names(in: path) {
      if progress.isOver { return false }
      (progress, isMatch) = advance(progress, by: name)
    }
    return isMatch
  }

  /// Whether the pattern could match something below a folder.
  package func canMatchBelow(_ folder: String) -> Bool {
    var progress = start
    for name in Self.names(in: folder) where !progress.isOver {
      progress = advance(progress, by: name).next
    }
    return !progress.isOver
  }
}

extension Glob.Component {
  /// Whether a single name fits; `**` fits any that is not hidden.
  func matches(_ name: String) -> Bool {
    switch self {
    case .name(let own): return own.utf8.elementsEqual(name.utf8)
    case .folders: return !name.utf8.starts(with: ".".utf8)
    case .pattern(let tokens):
      if name.utf8.first == UInt8(ascii: ".") {
        guard case .literal(".")? = tokens.first else { return false }
      }
      return Self.match(tokens, Array(name.unicodeScalars))
    }
  }

  /// Backtracks to the latest `*` only, which is enough, so the time is at most length times length.
  private static func match(_ tokens: [Glob.Token], _ name: [Unicode.Scalar]) -> Bool {
    var (token, scalar) = (0, 0)
    var retry: (token: Int, scalar: Int)?
    while scalar < name.count {
      if token < tokens.count, case .anyMany = tokens[token] {
        token += 1
        retry = (token, scalar)
      } else if token < tokens.count, tokens[token].matches(name[scalar]) {
        token += 1
        scalar += 1
      } else if let last = retry {
        token = last.token
        scalar = last.scalar + 1
        retry = (token, scalar)
      } else {
        return false
      }
    }
    return tokens[token...].allSatisfy { if case .anyMany = $0 { true } else { false } }
  }
}

extension Glob.Token {
  fileprivate func matches(_ scalar: Unicode.Scalar) -> Bool {
    switch self {
    case .literal(let own): own == scalar
    case .anyOne, .anyMany: true
    case .set(let ranges, let isComplement): ranges.contains { $0.contains(scalar) } != isComplement
    }
  }
}
