import Figures
import Findings

/// All statistics of sharpness against gap in one table.
enum StatisticsSection {
  static func markdown(_ findings: StudyFindings) -> String {
    Markdown.blocks([
      "## All statistics of *S* against *G*",
      findings.relation.map { table(findings, $0) }
        ?? "*S* and *G* cannot be correlated here; the answer above says why.",
    ])
  }

  private static func table(_ findings: StudyFindings, _ relation: Relation) -> String {
    let level = ReportNumbers.level(findings)
    var table = MarkdownTable("statistic", ">estimate", ">interval", ">*p*", "remark")
    let primary = relation.primary
    add(
      "Pearson *r*", relation.pearson, primary.kind == .pearson, "\(level), Fisher; *t* test",
      to: &table)
    add(
      "Spearman *ρ*", relation.spearman, primary.kind == .spearman, "\(level), Fisher; mid-ranks",
      to: &table)
    let kendall = relation.kendall
    table.add(
      name("Kendall *τ*-b", isPrimary: primary.kind == .kendall),
      ReportNumbers.precise(kendall.value), "", ReportNumbers.p(kendall.p),
      kendall.isExact ? "exact *p*" : "*p* by normal approximation")
    addBootstrap(findings, primary, to: &table)
    if let partial = relation.partialGivenTrainLoss {
      table.add(
        "partial *r*", ReportNumbers.precise(partial.value), "", ReportNumbers.p(partial.p),
        "given the training loss, which "
          + (StudyWords(findings).isOnTrainingSet ? "*S* and *G* both contain; " : "*G* contains; ")
          + "\(partial.degreesOfFreedom) degrees of freedom")
    }
    if let test = findings.equivalence {
      table.add(
        "TOST on the raw *r*", "", ReportNumbers.interval(test.interval90, decimals: 3),
        ReportNumbers.p(test.p),
        "\(ReportNumbers.boundLevel(findings)); is the raw \\|*r*\\| below "
          + "\(ReportNumbers.plain(test.bound))? Reported, never decisive")
    }
    return table.markdown
  }

  private static func add(
    _ text: String, _ correlation: Correlation, _ isPrimary: Bool, _ remark: String,
    to table: inout MarkdownTable
  ) {
    table.add(
      name(text, isPrimary: isPrimary), ReportNumbers.precise(correlation.value),
      ReportNumbers.interval(correlation.interval, decimals: 3), ReportNumbers.p(correlation.p),
      remark)
  }

  private static func addBootstrap(
    _ findings: StudyFindings, _ primary: PrimaryCorrelation, to table: inout MarkdownTable
  ) {
    let analysis = findings.configuration.analysis
    let level = ReportNumbers.level(findings)
    let symbol = "*\(primary.kind.symbol)*"
    table.add(
      "\(symbol), bootstrap percentile", "",
      ReportNumbers.interval(primary.percentile, decimals: 3), "",
      "\(level), \(NumberText.grouped(analysis.bootstrap)) resamples of \(unit(findings))")
    table.add(
      "\(symbol), bootstrap BCa", "", ReportNumbers.interval(primary.bca, decimals: 3), "",
      "\(level), corrected for bias and skewness; the verdict uses this one")
    table.add(
      "\(symbol), permutation", "", "", ReportNumbers.p(primary.permutationP),
      "two-sided, \(NumberText.grouped(analysis.permutations)) permutations"
        + (findings.configuration.configurations == nil ? "" : " within configurations"))
    table.add(
      "\(symbol), Holm", "", "", ReportNumbers.p(primary.holmP),
      "over the confirmatory tests of this study; the verdict uses this one"
        + (isGrid(findings) ? "; *t* with a configuration as the unit" : ""))
  }

  /// What the bootstrap takes as a whole.
  private static func unit(_ findings: StudyFindings) -> String {
    guard let count = findings.configuration.configurations else { return "networks" }
    return isGrid(findings)
      ? "\(count) configurations" : "networks, of these \(count) configurations"
  }

  /// True when configurations are what is resampled and counted.
  private static func isGrid(_ findings: StudyFindings) -> Bool {
    if case .notTestable(.tooFewConfigurations) = findings.verdict { return false }
    return findings.configuration.configurations != nil
  }

  private static func name(_ text: String, isPrimary: Bool) -> String {
    isPrimary ? "**\(text)** (primary)" : text
  }
}
