import Findings

/// Where the experiment comes from.
enum SourceSection {
  static func markdown(_ findings: StudyFindings) -> String {
    let configuration =
      StudyWords(findings).isPrototypesRecipe
      ? "the same configuration" : "the default configuration"
    return """
      ## Source

      \(Reference.author), “\(Reference.title)” (\(Reference.year)). His facts as used here: \
      \(Reference.authorNetworks) networks, one hidden layer of \(Reference.authorHidden) units, \
      mean test accuracy \(Reference.authorAccuracyText) %, \
      \(Reference.authorDraws) small random displacements of each, no linear relation seen. \
      Everything else in this report comes from the run it describes, but for the columns named \
      “prototype”, which hold what an independent program found with \(configuration).
      """
  }
}
