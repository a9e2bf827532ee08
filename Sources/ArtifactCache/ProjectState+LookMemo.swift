extension ProjectState {
  private var lookFile: StateFile { file("last-look", .lastLook) }

  /// The last look at the whole pipeline that found everything up to date; nil where there is none.
  ///
  /// A damaged one counts as none and is not told: it costs a look, and the next run replaces it.
  package func lastLook() throws(CacheError) -> LookMemo? {
    guard let payload = try lookFile.snapshot() else { return nil }
    return try? LookMemo(decoding: payload)
  }

  /// Remembers a look in place of the last.
  package func replaceLastLook(_ look: LookMemo) throws(CacheError) {
    let payload = look.encoded
    try exclusively { () throws(CacheError) in try lookFile.replace(with: payload) }
  }

  /// The places that decide what the state of the project at `folder` says in a look, as absolute paths.
  package static func decisivePlaces(at folder: String) -> [String] {
    ["format", "invalidations.log", "outputs.log", "needed-keys"].map { "\(folder)/project/\($0)" }
  }
}
