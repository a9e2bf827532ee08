/// Why an attempt of a command gave no result.
package struct CommandFailure: Error, Sendable {
  package enum Reason: Sendable, Equatable {
    case exited(Int32)
    case signalled(Int32)
    /// Seconds.
    case timedOut(Double)
    case cancelled
    /// No program of that name is on the PATH.
    case programNotFound(String, nearest: String?)
    /// The program is there but could not be started; says why.
    case notStarted(String, why: String)
    /// Inputs could not be put in place; the command was not started.
    case inputs(WorkspaceError)
    /// Project files that changed while the command ran, so nobody knows what it read.
    case sourcesChanged([String])
    /// An output is missing or is none.
    case outputs(WorkspaceError)
  }

  package let reason: Reason
  /// What the command printed, as it printed it.
  package var log: [UInt8] = []
  /// Absolute path of the folder that the command ran in, kept as it was; `.pipe` in it has the rest.
  package var keptFolder: String?
  /// Project files that the command seems to have looked for in vain, since no input declares them.
  package var undeclared: [String] = []
  /// Seconds that the command ran.
  package var duration = 0.0

  /// Whether trying again could help; nothing has to change for that.
  package var isWorthRetrying: Bool {
    switch reason {
    case .exited, .signalled, .timedOut, .outputs: true
    case .cancelled, .programNotFound, .notStarted, .inputs, .sourcesChanged: false
    }
  }

  /// The last lines that the command printed, fit for showing.
  package func lastLines(_ count: Int = 10) -> [String] {
    TerminalText.lastLines(count, of: log)
  }

  /// What to do about it, where that is known.
  package var hint: String? {
    if let path = undeclared.first { return Self.declaring(path) }
    switch reason {
    case .exited(126):
      return "the program is no executable file: check its mode (chmod +x) and its first line"
    case .programNotFound(_, let nearest?): return "did you mean '\(nearest)'?"
    case .programNotFound: return "install it, or correct PATH"
    case .timedOut: return "raise the stage's \"timeout\""
    case .sourcesChanged, .inputs(.changed): return "nothing was recorded; run again"
    default: return nil
    }
  }

  private static func declaring(_ path: String) -> String {
    let name = String(path.split(separator: "/").last ?? "file")
    let stem = name.split(separator: ".").first.map(String.init) ?? name
    let letters = stem.unicodeScalars.filter {
      ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0) || $0 == "_"
    }
    let isPlain = letters.first.map { !("0"..."9").contains($0) } ?? false
    let key = isPlain ? String(String.UnicodeScalarView(letters)) : "file"
    return
      "\(quoted(path)) is in the project but is no declared input, so the command cannot see it: "
      + "add it to the stage's \"inputs\": { \(JSONText.string(key)): \(JSONText.string(path)) }"
  }
}

extension CommandFailure: CustomStringConvertible {
  package var description: String { reason.description }
}

extension CommandFailure.Reason: CustomStringConvertible {
  package var description: String {
    switch self {
    case .exited(let code): "the command exited with status \(code)"
    case .signalled(let signal): "the command was ended by \(SignalName.of(signal))"
    case .timedOut(let seconds): "the command was stopped after its time-out of \(seconds) s"
    case .cancelled: "the command was stopped because the run was cancelled"
    case .programNotFound(let name, _): "there is no program \(quoted(name))"
    case .notStarted(let name, let why): "\(quoted(name)) could not be started: \(why)"
    case .inputs(let error): "the inputs could not be put in place: \(error)"
    case .sourcesChanged(let paths): "\(WorkspaceError.changed(paths))"
    case .outputs(let error): "\(error)"
    }
  }
}
