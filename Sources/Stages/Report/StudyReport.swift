import Findings

/// The whole report as text: one Markdown file and its figures.
struct StudyReport {
  var markdown: String
  /// Figures that could be drawn, by path.
  var figures: [(path: String, svg: String)]

  /// Writes every section; the text depends on nothing but these arguments.
  init(title: String, findings: StudyFindings, results: DigestSection.Results) {
    let scatter = ScatterSection.figure(findings).drawn()
    let population = PopulationSection.figure(findings).drawn()
    let reliability = ReliabilityFigure.figure(findings).drawn()
    let power = PowerSection.figure(findings).drawn()
    let controls = ControlsSection.figure(findings).drawn()
    figures = [scatter, population, reliability, power, controls].compactMap { figure in
      figure.svg.map { (figure.path, $0) }
    }
    markdown =
      Markdown.blocks([
        HeadSection.markdown(title: title, findings),
        QuestionSection.markdown(findings),
        AnswerSection.markdown(findings),
        ScatterSection.markdown(findings, figure: scatter),
        PopulationSection.markdown(findings, figure: population),
        ReliabilitySection.markdown(findings, figure: reliability),
        StatisticsSection.markdown(findings),
        PowerSection.markdown(findings, figure: power),
        ControlsSection.markdown(findings, figure: controls),
        DoubtsSection.markdown(findings),
        ConfigurationSection.markdown(findings),
        DigestSection.markdown(findings, results),
        RerunSection.markdown,
        LimitsSection.markdown(findings),
        SourceSection.markdown(findings),
      ]) + "\n"
  }
}
