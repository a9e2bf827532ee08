import Figures
import Findings

/// What a sceptic should hold against this report.
enum LimitsSection {
  static func markdown(_ findings: StudyFindings) -> String {
    var points: [String] = []
    if StudyWords(findings).isOneRecipe {
      points.append(
        """
        **One recipe.** All networks are trained alike and differ by chance only, so this says \
        nothing about comparing optimisers, batch sizes or architectures, where most published \
        relations between sharpness and generalisation come from.
        """)
    }
    points += [
      """
      **Shared ingredients.** *S* and *G* are both made from the \(StudyWords(findings).lossName); a \
      correlation could come from that alone. Hence the \
      \(StudyWords(findings).isOnTrainingSet ? "partial correlation and the controls" : "controls").
      """,
      """
      **One step size, one kind of noise.** At small *σ* the statistic feels the gradient that training \
      left over, at large *σ* the curvature; they need not rank networks alike.
      """,
      """
      **Correlation is not cause**, in either direction.
      """,
      """
      **Exploration.** What is found by looking is exploratory until fresh networks repeat it; \
      the hypothesis, *δ*, *σ* and the primary statistic are part of the configuration above.
      """,
    ]
    if findings.configuration.training("activation") == "relu" {
      points.append(
        """
        **Not invariant.** A ReLU network can be rescaled, first layer up and second layer down, \
        without any change of what it computes; *S* changes nevertheless. Among networks trained \
        alike that matters little, between recipes it matters a lot.
        """)
    }
    if findings.configuration.training("data.evaluate") == "test" {
      points.append(
        """
        **The test set is small and shared.** All networks are judged by the same \
        \(StudyWords(findings).evaluationImages); their luck is common to all and cancels in a \
        correlation only in part.
        """)
    }
    return Markdown.blocks([
      "## Limits, for the sceptic",
      points.map { "- " + $0 }.joined(separator: "\n"),
    ])
  }
}
