import Findings
import Report
import Testing

@Suite struct ReportTextTests {
  @Test(arguments: [
    (Fixture.inconclusive, "What would be needed:** about 2,483 networks with 20 draws each"),
    (Fixture.related, "says nothing about cause"),
    (Fixture.relatedButWeak, "the size declared beforehand as too small to matter"),
    (Fixture.noRelation, "This is more than a large *p*"),
    (Fixture.unreliable, "Neither a relation nor its absence can be claimed"),
    (Fixture.tooFew, "Train more networks"),
    (Fixture.tooFewConfigurations, "analyze each configuration in a stage of its own"),
  ])
  func everyVerdictIsExplained(verdict: Verdict, phrase: String) async throws {
    let text = try await ReportStageTests.markdown(Fixture.findings(verdict: verdict))
    let sentence = verdict.sentence.replacing("<", with: "&lt;")
    #expect(text.contains("> **\(sentence)**"))
    #expect(text.contains(phrase))
  }

  @Test func aDecidedQuestionAsksForNoMore() async throws {
    let text = try await ReportStageTests.markdown(Fixture.findings(verdict: Fixture.noRelation))
    #expect(!text.contains("What would be needed"))
  }

  @Test func aRunOfThreeNetworksStillGetsItsReport() async throws {
    let findings = Fixture.findings(count: 3, verdict: Fixture.tooFew, hasRelation: false)
    let files = try await ReportStageTests.run(findings)
    let text = String(decoding: try #require(files["report/README.md"]), as: UTF8.self)
    #expect(text.contains("cannot be correlated here"))
    #expect(text.contains("No figure here"))
    #expect(files["report/scatter.svg"] != nil)
    #expect(files["report/reliability.svg"] == nil && !text.contains("(reliability.svg)"))
  }

  @Test func oneNetworkStillGetsItsReport() async throws {
    let findings = Fixture.findings(count: 1, verdict: Fixture.tooFew, hasRelation: false)
    #expect(try await ReportStageTests.markdown(findings).contains("with 1 network."))
  }

  @Test func whyAReliabilityIsMissingIsSaid() async throws {
    var findings = Fixture.findings(count: 3, verdict: Fixture.tooFew, hasRelation: false)
    let few = try await ReportStageTests.markdown(findings)
    #expect(few.contains("nothing: 3 networks are too few"))
    #expect(!few.contains("do not differ") && !few.contains("is the same for all"))
    findings.configuration.perturbation.draws = 1
    let single = try await ReportStageTests.markdown(findings)
    #expect(single.contains("1 draw does not measure sharpness exactly, and 10,000"))
    #expect(single.contains("nothing: one draw says nothing about its noise"))
    for index in findings.points.indices { findings.points[index].gap = 0.03 }
    let equal = try await ReportStageTests.markdown(findings)
    #expect(equal.contains("nothing: the gap is the same for all"))
  }

  @Test func roundingMakesNothingFalse() async throws {
    var findings = Fixture.findings()
    findings.configuration.perturbation.sigma = 1e-13
    findings.configuration.analysis.alpha = 1e-6
    findings.relation?.pearson.interval = Interval(lower: -0.5, upper: -0.00004)
    findings.corrected?.interval90 = Interval(lower: -0.2003, upper: 0.1)
    let text = try await ReportStageTests.markdown(findings)
    #expect(text.contains("*σ* = 1 × 10⁻¹³,"))
    #expect(text.contains("99.9999 % interval") && !text.contains("100 % interval"))
    #expect(text.contains("[−0.50000,\u{A0}−0.00004]"))
    #expect(text.contains("of [−0.2003,\u{A0}0.1000], which is not within ±0.2."))
  }

  @Test func foreignTextIsHarmless() async throws {
    var findings = Fixture.findings()
    findings.configuration.training.append(Setting(name: "a|b", value: "x|y`z` <i>&"))
    let text = try await ReportStageTests.markdown(findings, title: "A | <b> & *c* # [d](e)")
    #expect(text.hasPrefix("# A \\| &lt;b&gt; &amp; \\*c\\* \\# \\[d\\](e)\n"))
    #expect(text.contains("| `a\\|b` "))
    #expect(text.contains("`` x\\|y`z` <i>& ``") || text.contains("``x\\|y`z` <i>&``"))
  }

  @Test func everyTableRowHasAsManyCellsAsItsHead() async throws {
    let text = try await ReportStageTests.markdown(Fixture.findings())
    var cells: Int?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("|") else {
        cells = nil
        continue
      }
      let count = line.replacing("\\|", with: "").count { $0 == "|" }
      #expect(cells == nil || cells == count, "\(line)")
      cells = count
    }
  }

  @Test func nothingInTheTextIsLeftUnsaid() async throws {
    let text = try await ReportStageTests.markdown(Fixture.findings())
    for word in ["nan", "inf", "nil", "Optional", "n/a"] {
      #expect(!text.contains("| \(word) "), "\(word)")
    }
    #expect(!text.contains("Optional("))
  }

  @Test func anotherLevelIsNamed() async throws {
    var findings = Fixture.findings()
    findings.configuration.analysis.alpha = 0.01
    let text = try await ReportStageTests.markdown(findings)
    #expect(text.contains("99 % interval") && text.contains("*p* (Holm) < 0.01"))
    #expect(text.contains("the 98 % interval of the corrected correlation lies within"))
    #expect(text.contains("| 98 %; is the raw"))
    #expect(!text.contains("90 % interval") && !text.contains("95 % interval"))

    findings.controls.randomNumber?.interval = Interval(lower: 0.1, upper: 0.4)
    for verdict in [Fixture.noRelation, Fixture.related] {
      findings.verdict = verdict
      let text = try await ReportStageTests.markdown(findings)
      #expect(!text.contains("the 90 % interval") && !text.contains("| 90 %"))
      #expect(text.contains("by chance in 1 % of such reports"))
    }
    findings.corrected?.interval90 = nil
    findings.verdict = Fixture.inconclusive
    #expect(try await ReportStageTests.markdown(findings).contains("no 98 % interval bounds it"))
  }

  @Test func otherImagesAndMeasuresAreNamed() async throws {
    var findings = Fixture.findings()
    findings.configuration.analysis.statistic = .signed
    findings.configuration.training = [Setting(name: "data.evaluate", value: "pool")]
    findings.configuration.perturbation.others = [Setting(name: "on", value: "evaluation")]
    let text = try await ReportStageTests.markdown(findings)
    #expect(text.contains("mean loss on the evaluation set"))
    #expect(text.contains("10,000 evaluation images"))
    #expect(!text.contains("The test set is small and shared"))
    #expect(text.contains("it changes the evaluation loss by 0.0021 on average, 1.4 % of it"))
    #expect(text.contains("are both made from the evaluation loss;"))
    #expect(text.contains("given the training loss, which *G* contains;"))
    let rows = text.split(separator: "\n")
    #expect(rows.contains { $0.hasPrefix("| S and training loss") && $0.contains("| open ") })
    #expect(rows.contains { $0.hasPrefix("| S and test loss") && $0.contains("*S* contains it") })
  }

  @Test func onlyThePrototypesConfigurationIsCalledTheSame() async throws {
    var findings = Fixture.findings()
    #expect(try await ReportStageTests.markdown(findings).contains("with the same configuration."))
    for (name, value) in [("hidden", "40"), ("steps", "100"), ("l2", "0.001")] {
      findings = Fixture.findings()
      findings.configuration.training.removeAll { $0.name == name }
      findings.configuration.training.append(Setting(name: name, value: value))
      let text = try await ReportStageTests.markdown(findings)
      #expect(text.hasSuffix("found with the default configuration.\n"), "\(name)")
    }
  }

  @Test func drawnTrainingImagesAreChance() async throws {
    var findings = Fixture.findings()
    findings.configuration.varied = [
      VariedSetting(name: "data.subsetSeed", values: ["0", "1", "2"])
    ]
    let text = try await ReportStageTests.markdown(findings)
    #expect(text.contains("trained alike and differ by chance"))
    #expect(text.contains("in the choice of their training images"))
    #expect(text.contains("found with the default configuration."))
    findings.configuration.varied = [
      VariedSetting(name: "data.evaluate", values: ["pool", "test"])
    ]
    #expect(try await ReportStageTests.markdown(findings).contains("10,000 evaluation images"))
  }

  @Test func anUnboundedCorrectionIsShownAsSuch() async throws {
    var findings = Fixture.findings()
    findings.corrected = CorrectedCorrelation(
      value: 1.7, interval95: nil, interval90: nil, undefinedResamples: 900)
    let files = try await ReportStageTests.run(findings)
    let forest = String(decoding: try #require(files["report/controls.svg"]), as: UTF8.self)
    let text = String(decoding: try #require(files["report/README.md"]), as: UTF8.self)
    #expect(forest.contains("1.70 unbounded"))
    #expect(text.contains("no 90 % interval bounds it"))
  }

  @Test func severalRecipesAreNotCalledOne() async throws {
    var findings = Fixture.findings()
    findings.configuration.varied = [
      VariedSetting(name: "batch", values: (1...9).map { String($0 * 10) })
    ]
    let text = try await ReportStageTests.markdown(findings)
    #expect(text.contains("10,000 resamples of networks"))
    #expect(text.contains("The networks differ in `batch`"))
    findings.configuration.configurations = 90
    let grid = try await ReportStageTests.markdown(findings)
    #expect(grid.contains("10,000 resamples of 90 configurations"))
    #expect(grid.contains("with a configuration as the unit"))
    #expect(grid.contains("9,999 permutations within configurations"))
    #expect(grid.contains("too few networks, draws or configurations"))
    #expect(text.contains("… (9 values)"))
    #expect(!text.contains("trained alike and differ by chance"))
  }
}
