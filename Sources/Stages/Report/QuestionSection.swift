import Figures
import Findings

/// What was asked in 2017, and what this report adds to the question.
enum QuestionSection {
  static func markdown(_ findings: StudyFindings) -> String {
    let words = StudyWords(findings)
    let perturbation = findings.configuration.perturbation
    return """
      ## The question

      A trained network lies somewhere on its error surface. It is often said that a *smooth* place, \
      where a small step hardly changes the loss, generalises better than a *sharp* one. In \
      \(Reference.year) \(Reference.author) put that to the test: he trained \
      \(Reference.authorNetworks) MNIST networks with one hidden layer of \
      \(Reference.authorHidden) units, moved the weights of each \(Reference.authorDraws) times by \
      small random amounts, and looked for a linear relation between the change of the training \
      loss and the difference between test and training loss. He saw none, and named what might be \
      wrong with not seeing one.

      Here the experiment is repeated with \
      \(ReportNumbers.count(findings.points.count, "network")). For each of them

      - **sharpness** *S* is the mean of \(words.sharpnessDefinition) over \
      \(ReportNumbers.count(perturbation.draws, "draw")) of a random step *δ* with \
      *σ* = \(ReportNumbers.plain(perturbation.sigma)), where *L*(*w*) is the mean loss on the \
      \(words.imagesOfLoss) at the weights *w*;
      - **gap** *G* is test loss − training loss.

      Two questions follow. *Do S and G go together?* And: *could this experiment have told us?* A \
      null result is a result only if it was able to come out otherwise.
      """
  }
}
