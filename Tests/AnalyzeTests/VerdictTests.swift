import Findings
import StageInterface
import Testing

@Suite("Verdicts")
struct VerdictTests {
  @Test("A strong relation is found")
  func related() async throws {
    let findings = try await StudyFixture(rho: 0.8).findings()
    guard case .related(let finding) = findings.verdict else {
      Issue.record("\(findings.answer)")
      return
    }
    #expect(finding.value > 0.3 && finding.weakerThanDelta == nil)
    #expect(findings.answer.hasPrefix("Sharper models have larger gaps: r = 0."))
    let opposite = try await StudyFixture(rho: -0.8).findings()
    #expect(opposite.answer.hasPrefix("Sharper models have smaller gaps: r = −0."))
  }

  @Test("No relation is shown where models are many and measurements good")
  func noRelation() async throws {
    let fixture = StudyFixture(models: 600, rho: 0, drawNoise: 0.1, exampleNoise: 0.3)
    let findings = try await fixture.findings()
    guard case .noRelationLargerThanDelta(let finding) = findings.verdict else {
      Issue.record("\(findings.answer)")
      return
    }
    #expect(finding.delta == 0.2 && finding.interval90.isWithin(0.2))
    #expect(findings.answer.hasPrefix("There is no relation larger than 0.20"))
  }

  @Test("A weak relation that is shown to be weak is called so")
  func weak() async throws {
    let fixture = StudyFixture(models: 600, rho: 0.1, drawNoise: 0.1, exampleNoise: 0.3)
    let findings = try await fixture.findings(["equivalence": .number(0.35)])
    guard case .related(let finding) = findings.verdict else {
      Issue.record("\(findings.answer)")
      return
    }
    #expect(finding.weakerThanDelta == 0.35)
    #expect(findings.answer.contains("but the relation is weaker than 0.35"))
  }

  @Test("Few models with noisy measurements leave the question open, whatever the raw p")
  func inconclusive() async throws {
    let fixture = StudyFixture(models: 60, rho: 0, drawNoise: 2)
    let findings = try await fixture.findings()
    guard case .inconclusive(let finding) = findings.verdict else {
      Issue.record("\(findings.answer)")
      return
    }
    #expect(finding.models == 60 && finding.modelsNeeded > 211)
    #expect(finding.modelsNeeded == findings.power.modelsForEquivalence)
    let draws = try #require(finding.drawsNeeded)
    #expect(draws > 6 && draws == findings.reliability.sharpness?.drawsNeeded)
    let better = try #require(finding.modelsNeededAtThoseDraws)
    #expect(better < finding.modelsNeeded)
  }

  @Test("A stricter analysis needs more models")
  func neededModelsFollowAlpha() async throws {
    let fixture = StudyFixture(models: 60, rho: 0)
    let usual = try await fixture.findings().power
    let strict = try await fixture.findings(["alpha": .number(0.01)]).power
    let (few, many) = (
      try #require(usual.modelsForEquivalence), try #require(strict.modelsForEquivalence)
    )
    #expect((Double(many) / Double(few) - 13.02 / 8.56).magnitude < 0.02)
  }

  @Test("Where models suffice but the estimate lies near δ, more are asked for than there are")
  func estimateNearBound() async throws {
    let fixture = StudyFixture(models: 400, rho: 0.2, drawNoise: 0.1, exampleNoise: 0.3)
    let findings = try await fixture.findings(["alpha": .number(1e-6)])
    guard case .inconclusive(let finding) = findings.verdict else {
      Issue.record("\(findings.answer)")
      return
    }
    #expect(finding.modelsNeeded > 400)
  }

  @Test("What cannot be tested is said to be so, with everything else still reported")
  func notTestable() async throws {
    let few = try await StudyFixture(models: 3).findings()
    #expect(few.verdict == .notTestable(.tooFewModels(found: 3, needed: 4)))
    #expect(few.relation == nil && few.power.criticalR == nil && few.points.count == 3)
    #expect(few.answer == "Not testable: 3 models are too few, at least 4 are needed.")

    let lone = try await StudyFixture(models: 1).findings()
    #expect(lone.verdict == .notTestable(.tooFewModels(found: 1, needed: 4)))
    #expect(lone.population.gap.standardDeviation == 0 && lone.population.gap.histogram.width == 0)

    let singleDraw = try await StudyFixture(draws: 1).findings()
    #expect(singleDraw.verdict == .notTestable(.singleDraw))
    #expect(singleDraw.relation != nil && singleDraw.corrected == nil)
    #expect(singleDraw.points[0].sharpnessError == nil)
    // Draws have nothing to do with the noise of the gap.
    #expect(singleDraw.reliability.sharpness == nil && singleDraw.reliability.gap != nil)
    #expect(singleDraw.power.modelsForEquivalenceWithExactSharpness != nil)
  }

  @Test("Chance differences between a few configurations are not taken for a relation")
  func fewConfigurations() async throws {
    let options: [String: ParameterValue] = ["bootstrap": .integer(200)]
    for count in [2, 3, 9] {
      let fixture = StudyFixture(models: 90, configurations: count, shift: 2)
      let findings = try await fixture.findings(options)
      #expect(
        findings.verdict == .notTestable(.tooFewConfigurations(found: count, needed: 10)))
      #expect(findings.answer.contains("\(count) configurations are too few"))
      // Resampling two or three configurations would make a handful of values.
      let interval = try #require(findings.relation?.primary.bca)
      let value = try #require(findings.relation?.primary.value)
      #expect(interval.lower < value && value < interval.upper)
      #expect(interval.upper - interval.lower < 0.6)
    }
    // At most 5 % of 80 studies, give or take two standard errors; the t test over models and the
    // bootstrap over configurations find more.
    var (related, byModels) = (0, 0)
    for study in 1...80 {
      let fixture = StudyFixture(
        models: 120, draws: 3, examples: 20, drawNoise: 0.2, exampleNoise: 0.2,
        study: UInt64(study), configurations: 10, shift: 1.5)
      let findings = try await fixture.findings(options)
      let primary = try #require(findings.relation?.primary)
      if primary.p < 0.05, primary.bca.excludesZero { byModels += 1 }
      if case .related = findings.verdict { related += 1 }
    }
    #expect(related <= 8 && byModels > 8, "\(related), \(byModels)")
  }

  @Test("Sharpness that is nothing but noise is not tested")
  func noise() async throws {
    let findings = try await StudyFixture(models: 40, drawNoise: 50).findings()
    guard case .notTestable(.unreliable(let quantity, _, let interval, _)) = findings.verdict else {
      Issue.record("\(findings.answer)")
      return
    }
    #expect(quantity == .sharpness && interval.lower <= 0)
    let gap = try await StudyFixture(models: 40, exampleNoise: 80).findings()
    guard case .notTestable(.unreliable(.gap, _, _, _)) = gap.verdict else {
      Issue.record("\(gap.answer)")
      return
    }
  }

  @Test("Sentences round, count and sign as people write")
  func sentences() {
    let related = Verdict.related(
      .init(
        kind: .kendall, value: -0.4051, interval: Interval(lower: -0.5, upper: -0.004),
        coverage: 0.975, p: 0.0004, weakerThanDelta: nil))
    #expect(
      related.sentence
        == "Sharper models have smaller gaps: τ = −0.405, 97.5 % interval −0.500 to −0.004, p < 0.001."
    )
    let one = Verdict.notTestable(.tooFewModels(found: 1, needed: 4))
    #expect(one.sentence == "Not testable: 1 model is too few, at least 4 are needed.")
    #expect(one.title == "not testable" && related.title == "related")
  }

  @Test(
    "Rounding makes no sentence false",
    arguments: [
      (0.2, "0.20"), (0.25, "0.25"), (0.004, "0.004"), (0.00125, "0.00125"), (1e-14, "1e-14"),
    ])
  func chosenNumbers(delta: Double, text: String) {
    let open = Verdict.inconclusive(
      .init(
        delta: delta, models: 9, draws: 2, modelsNeeded: 10, drawsNeeded: nil,
        modelsNeededAtThoseDraws: nil))
    #expect(open.sentence.contains("larger than \(text); that"))
    let none = Verdict.noRelationLargerThanDelta(
      .init(
        delta: delta, corrected: 0, interval90: Interval(lower: -0.99 * delta, upper: 0.5 * delta),
        coverage: 1 - 2e-6))
    #expect(none.sentence.contains("no relation larger than \(text) between"))
    #expect(none.sentence.contains(", 99.9998 % interval"))
    if delta == 0.2 { #expect(none.sentence.contains("interval −0.198 to 0.100.")) }
  }
}
