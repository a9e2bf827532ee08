import Analyze
import DataFormats
import Findings
import StageInterface
import Statistics
import Testing

@Suite("The analyze stage")
struct AnalyzeStageTests {
  @Test("Findings are what the tables say, by the plain formulas")
  func plainFormulas() async throws {
    let fixture = StudyFixture(rho: 0.5)
    let findings = try await fixture.findings()
    let measured = (0..<fixture.models).map(fixture.measured)
    let sharpness = measured.map { Moments.mean($0.changes) }
    let gap = measured.map { Moments.mean($0.losses.map(Double.init)) - $0.trainLoss }
    #expect(zip(findings.points, sharpness).allSatisfy { ($0.sharpness - $1).magnitude < 1e-15 })
    #expect(zip(findings.points, gap).allSatisfy { ($0.gap - $1).magnitude < 1e-9 })

    let relation = try #require(findings.relation)
    let r = try #require(Pearson.correlation(sharpness, gap))
    #expect((relation.pearson.value - r).magnitude < 1e-9)
    #expect((relation.pearson.p - Pearson.p(r, degreesOfFreedom: 38)).magnitude < 1e-9)
    #expect((relation.kendall.value - (Kendall(sharpness, gap).tauB ?? 9)).magnitude < 1e-12)
    #expect(relation.kendall.isExact)
    #expect(relation.line.band.count == 101)
    #expect(relation.primary.value == relation.pearson.value)
    #expect(relation.primary.holmP == relation.pearson.p)

    let icc = try #require(IntraclassCorrelation(rows: measured.map(\.changes)))
    let reliability = try #require(findings.reliability.sharpness)
    #expect((reliability.single - icc.single).magnitude < 1e-12)
    #expect((reliability.mean - icc.mean).magnitude < 1e-12)
    #expect(reliability.draws == 6)
    let gapReliability = try #require(findings.reliability.gap)
    #expect((gapReliability.value - (gapReliability.splitHalf ?? 9)).magnitude < 0.03)
    let ceiling = try #require(findings.reliability.ceiling)
    #expect((ceiling * ceiling - icc.mean * gapReliability.value).magnitude < 1e-12)
    #expect(findings.corrected?.value == relation.primary.value / ceiling)
  }

  @Test("The configuration is read from the metadata and the tables")
  func configuration() async throws {
    let configuration = try await StudyFixture().findings().configuration
    #expect(configuration.seed == 20_171_107 && configuration.models == 40)
    #expect(configuration.trainImages == 60_000 && configuration.evaluationImages == 60)
    #expect(configuration.weightCount == 3)
    #expect(configuration.training("activation") == "relu")
    #expect(configuration.training("model") == nil && configuration.varied.isEmpty)
    #expect(configuration.dataDigests == [Setting(name: "trainImages", value: "ba")])
    let perturbation = configuration.perturbation
    #expect(perturbation.sigma == 0.01 && perturbation.draws == 6 && !perturbation.antithetic)
    #expect(perturbation.others.map(\.value) == ["gaussian", "train", "all"])
    #expect(configuration.analysis.bootstrap == 500)
  }

  @Test("The same bytes for any number of cores and any order of branches")
  func determinism() async throws {
    let fixture = StudyFixture(rho: 0.3)
    let one = try await fixture.outputs(cores: 1)
    let many = try await fixture.outputs(cores: 7)
    #expect(one == many && one.keys.sorted() == ["analysis", "draws", "models"])
    let turned = try await StudyFixture.outputs(
      fixture.modelBranches.reversed(), fixture.perturbations.shuffled())
    #expect(turned == one)
  }

  @Test("JSON is read back to the same findings and written to the same bytes")
  func roundTrip() async throws {
    let json = try #require(try await StudyFixture().outputs()["analysis"])
    let findings = try StudyFindings(json: json)
    #expect(try findings.json() == json)
    let text = String(decoding: json, as: UTF8.self)
    #expect(text.hasPrefix("{\n  \"answer\" : ") && text.hasSuffix("}\n"))
    #expect(!text.contains("nan") && !text.contains("inf,"))
    var other = findings
    other.format = 99
    let bytes = try other.json()
    #expect(throws: UnknownFindingsFormat.self) { try StudyFindings(json: bytes) }
  }

  @Test("Tables have a row for each model and each perturbation")
  func tables() async throws {
    let fixture = StudyFixture(antithetic: true)
    let outputs = try await fixture.outputs()
    let models = try CSVTable(parsing: outputs["models"] ?? [])
    #expect(try models.integers("model") == Array(0..<40))
    let draws = try CSVTable(parsing: outputs["draws"] ?? [])
    #expect(draws.rowCount == 40 * 12)
    #expect(try draws.strings("sign")[..<4] == ["+", "-", "+", "-"])
    let findings = try StudyFindings(json: outputs["analysis"] ?? [])
    #expect(try models.doubles("sharpness") == findings.points.map(\.sharpness))
  }

  @Test("Rank correlations can decide", arguments: ["spearman", "kendall"])
  func primaries(primary: String) async throws {
    let findings = try await StudyFixture(rho: 0.8).findings(["primary": .string(primary)])
    let relation = try #require(findings.relation)
    #expect(relation.primary.kind.rawValue == primary)
    let expected =
      primary == "kendall" ? relation.kendall.value : relation.spearman.value
    #expect((relation.primary.value - expected).magnitude < 1e-12)
    #expect(relation.primary.bca.lower < expected && relation.primary.bca.upper > expected)
    #expect(relation.primary.permutationP == 1.0 / 500)
    guard case .related = findings.verdict else {
      Issue.record("\(findings.answer)")
      return
    }
  }

  @Test("Antithetic draws: the unit is the pair")
  func antithetic() async throws {
    let fixture = StudyFixture(antithetic: true)
    for statistic in ["abs", "signed", "pair"] {
      let findings = try await fixture.findings(["statistic": .string(statistic)])
      #expect(findings.reliability.sharpness?.draws == 6)
      #expect(findings.configuration.perturbation.draws == 6)
      let mean = Moments.mean(fixture.measured(3).changes)
      #expect((findings.points[3].sharpness - mean).magnitude < 1e-15)
    }
  }

  @Test("Several configurations: they are resampled as a whole and named")
  func grid() async throws {
    var fixture = StudyFixture(rho: 0.6)
    fixture.metadata = { ["l2": $0 % 12 < 6 ? "0.0" : "0.1", "hidden": "\($0 % 6)"] }
    let findings = try await fixture.findings()
    #expect(findings.configuration.varied.map(\.name) == ["hidden", "l2"])
    #expect(findings.configuration.varied[1].values == ["0.0", "0.1"])
    #expect(findings.configuration.configurations == 12)
    #expect(findings.relation?.partialGivenTrainLoss?.method == .cubicOnRanks)
    var plain = StudyFixture(rho: 0.6)
    plain.metadata = { ["data.subsetSeed": "\($0)"] }
    let single = try await plain.findings()
    #expect(single.relation?.partialGivenTrainLoss?.method == .linear)
    #expect(single.configuration.configurations == nil)
    #expect(single.relation?.primary.percentile != findings.relation?.primary.percentile)
    let primary = try #require(findings.relation?.primary)
    #expect(primary.holmP == Pearson.p(primary.value, degreesOfFreedom: 10))
    #expect(primary.holmP > primary.p)
  }

  @Test("Images of pools are told apart by their numbers, not by the rows that they stand in")
  func pools() async throws {
    var fixture = StudyFixture(rho: 0.3)
    let plain = try await fixture.findings()
    fixture.metadata = { ["data.subsetSeed": "\($0)", "data.evaluate": "pool"] }
    fixture.order = { model in (0..<60).map { ($0 * 7 + model * 11) % 60 } }
    let pools = try await fixture.findings()
    let (found, expected) = (try #require(pools.reliability.gap), plain.reliability.gap)
    #expect((found.value - (expected?.value ?? 9)).magnitude < 1e-12)
    #expect((found.splitHalf ?? 9) == expected?.splitHalf)

    fixture.namesImages = false
    await #expect(
      throws: AnalyzeError.unknownImages(model: 0, varied: ["data.subsetSeed"])
    ) { try await fixture.findings() }
    // The same pool for all, as files without numbers have it.
    fixture.metadata = { _ in ["data.evaluate": "pool"] }
    fixture.order = nil
    #expect(try await fixture.findings().reliability.gap == expected)
  }

  @Test("One sigma of a sweep is analyzed as if it were the only one")
  func sweep() async throws {
    let plain = try await StudyFixture(rho: 0.5).findings()
    let sweep = StudyFixture(rho: 0.5, sigmas: [0.001, 0.01, 0.1])
    var chosen = try await sweep.findings(["sigma": .number(0.01)])
    #expect(chosen.configuration.analysis.sigma == 0.01)
    #expect(chosen.configuration.perturbation == plain.configuration.perturbation)
    chosen.configuration.analysis.sigma = nil
    #expect(chosen.relation == plain.relation && chosen.reliability == plain.reliability)
    let longer = try await sweep.findings(["sigma": .number(0.1)])
    #expect(longer.configuration.perturbation.sigma == 0.1)
    #expect((longer.points[3].sharpness / plain.points[3].sharpness - 10).magnitude < 1e-9)
  }

  @Test("Extremes have finite numbers only: four models, no noise at all, a flat evaluation set")
  func extremes() async throws {
    for draws in [2, 6] {
      let few = try await StudyFixture(models: 4, draws: draws).findings()
      #expect(few.relation != nil && few.power.criticalR != nil)
    }
    let perfect = StudyFixture(models: 12, rho: 1, drawNoise: 0, exampleNoise: 0)
    for primary in ["pearson", "spearman", "kendall"] {
      let findings = try await perfect.findings(["primary": .string(primary)])
      #expect((findings.corrected?.value ?? 0) > 0.999)
      #expect(findings.verdict.title == "related")
    }
    let tiny = try await StudyFixture(models: 8, examples: 2).findings()
    #expect(tiny.reliability.gap?.splitHalf == nil && tiny.controls.halfGaps == nil)
    #expect(tiny.reliability.gap?.splits == 0)
  }

  @Test("The declaration's defaults are those of the experiment, and decode")
  func declaration() {
    let declaration = AnalyzeStage.declaration
    #expect(declaration.kind == "analyze")
    #expect(
      declaration.parameters.compactMap { $0.defaultValue?.description } == [
        "\"abs\"", "\"pearson\"", "0.05", "0.2", "10000", "9999",
      ])
    #expect(declaration.inputs.allSatisfy { $0.isCollected })
  }
}
