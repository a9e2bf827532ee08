import Figures
import Findings

/// Every setting of the study; most of them the author did not state.
enum ConfigurationSection {
  static func markdown(_ findings: StudyFindings) -> String {
    let configuration = findings.configuration
    var table = MarkdownTable("setting", "value", "author")
    table.add("networks", NumberText.grouped(configuration.models), "\(Reference.authorNetworks)")
    table.add("seed", Markdown.code(String(configuration.seed)), "–")
    for setting in configuration.training where setting.name != "seed" {
      table.add(
        Markdown.code(setting.name), Markdown.code(setting.value), stated(setting.name) ?? "–")
    }
    for setting in configuration.varied {
      let values = setting.values.prefix(6).map(Markdown.code).joined(separator: ", ")
      let more = setting.values.count > 6 ? ", … (\(setting.values.count) values)" : ""
      table.add(Markdown.code(setting.name), values + more, "–")
    }
    addPerturbation(configuration.perturbation, to: &table)
    addAnalysis(configuration.analysis, to: &table)
    return Markdown.blocks([
      "## What he did not state, and we chose",
      """
      Several optimisers reach \(Reference.authorAccuracyText) % test accuracy, so accuracy does not \
      tell which was his. These are the choices behind this report; change any of them in \
      `pipeline.json` or with `--set`. A dash: he did not say.
      """,
      table.markdown,
    ])
  }

  private static func stated(_ name: String) -> String? {
    switch name {
    case "hidden": "\(Reference.authorHidden)"
    case "data.train", "data.evaluate": "MNIST"
    default: nil
    }
  }

  private static func addPerturbation(
    _ perturbation: PerturbationSettings, to table: inout MarkdownTable
  ) {
    table.add("draws of each network", "\(perturbation.draws)", "\(Reference.authorDraws)")
    table.add("*σ* of a step", Markdown.code(ReportNumbers.plain(perturbation.sigma)), "“small”")
    table.add("antithetic (± pairs)", Markdown.code(String(perturbation.antithetic)), "–")
    for setting in perturbation.others {
      table.add(
        "step: " + Markdown.code(setting.name), Markdown.code(setting.value),
        setting.name == "on" ? "training loss" : "–")
    }
  }

  private static func addAnalysis(_ analysis: AnalysisSettings, to table: inout MarkdownTable) {
    table.add("statistic of sharpness", Markdown.code(analysis.statistic.rawValue), "–")
    table.add("correlation", Markdown.code(analysis.primary.rawValue), "linear relation")
    table.add("*α*", Markdown.code(ReportNumbers.plain(analysis.alpha)), "–")
    table.add(
      "*δ*, too small to matter", Markdown.code(ReportNumbers.plain(analysis.equivalence)), "–")
    table.add("bootstrap resamples", NumberText.grouped(analysis.bootstrap), "–")
    table.add("permutations", NumberText.grouped(analysis.permutations), "–")
  }
}
