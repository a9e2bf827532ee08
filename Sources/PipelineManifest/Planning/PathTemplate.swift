import Globs
import StageInterface

/// A path as declared, ready to be filled in for each branch.
struct PathTemplate {
  enum Piece {
    case literal(String)
    /// Column of the stage's axes.
    case axis(Int)
    case parameter(String)
  }

  var pieces: [Piece] = []

  /// True when all branches have the same path.
  var isConstant: Bool {
    pieces.allSatisfy {
      if case .literal = $0 { true } else { false }
    }
  }

  /// Whether the literal text has wildcards.
  var isPattern: Bool {
    pieces.contains {
      if case .literal(let text) = $0 { Glob.isPattern(text) } else { false }
    }
  }

  /// The text for one branch.
  ///
  /// - Parameters:
  ///   - values: The branch's axis values.
  ///   - parameters: Made when a piece asks.
  /// - Returns: The text, and the filled-in parts by themselves.
  func fill(
    _ values: [ParameterValue], _ parameters: () -> ParameterValue
  ) -> (text: String, values: [String]) {
    if pieces.count == 1, case .literal(let text) = pieces[0] { return (text, []) }
    var text = ""
    var filled: [String] = []
    for piece in pieces {
      switch piece {
      case .literal(let literal): text += literal
      case .axis(let column):
        filled.append(BranchName.plain(values[column]))
        text += filled[filled.count - 1]
      case .parameter(let path):
        filled.append(parameters()[path: path].map(BranchName.plain) ?? "")
        text += filled[filled.count - 1]
      }
    }
    return (text, filled)
  }
}
