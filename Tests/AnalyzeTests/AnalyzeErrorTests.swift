import Analyze
import DataFormats
import StageInterface
import Testing

@Suite("Inputs that cannot be analyzed")
struct AnalyzeErrorTests {
  private let fixture = StudyFixture(models: 5)

  /// The error of a run on inputs that `change` has spoilt.
  private func error(
    _ options: [String: ParameterValue] = [:],
    _ change: (_ models: inout [[String: [UInt8]]], _ perturbations: inout [[String: [UInt8]]]) ->
      Void
  ) async -> AnalyzeError? {
    var (models, perturbations) = (fixture.modelBranches, fixture.perturbations)
    change(&models, &perturbations)
    do {
      _ = try await StudyFixture.outputs(models, perturbations, options)
      return nil
    } catch {
      return error as? AnalyzeError
    }
  }

  private func replacing(_ text: String, _ new: String, in bytes: [UInt8]?) -> [UInt8] {
    let old = String(decoding: bytes ?? [], as: UTF8.self)
    return Array(
      old.split(separator: text, omittingEmptySubsequences: false).joined(separator: new).utf8)
  }

  @Test("Models and perturbations must match one to one")
  func matching() async {
    #expect(await error { models, _ in models = [] } == .noModels)
    #expect(await error { models, _ in models.append(models[2]) } == .repeatedModel(2))
    #expect(await error { _, losses in losses.remove(at: 3) } == .noPerturbations(model: 3))
    #expect(await error { models, _ in models.remove(at: 3) } == .perturbationWithoutModel(3))
    #expect(
      await error { models, _ in models[1]["metrics"] = models[2]["metrics"] }
        == .otherModel(branch: "model=x", weights: 1, metrics: 2))
  }

  @Test("Perturbations must be of these networks, not of others with the same numbers")
  func otherNetworks() async {
    let others = StudyFixture(models: 5, study: 1)
    let (here, there) = (fixture.measured(0).trainLoss, others.measured(0).trainLoss)
    let found = await error { _, losses in losses = others.perturbations }
    #expect(
      found == .otherBaseline(model: 0, baseline: there, quantity: "training loss", loss: here))
    for word in ["model 0", "\(there)", "\(here)", "'models'", "'perturbations'"] {
      #expect(found?.description.contains(word) == true)
    }
    // On the evaluation set it is the loss there that counts.
    let evaluation = await error { _, losses in
      losses[2]["losses"] = replacing(",train\n", ",evaluation\n", in: losses[2]["losses"])
    }
    guard case .otherBaseline(2, _, "test loss", _) = evaluation else {
      Issue.record("\(String(describing: evaluation))")
      return
    }
  }

  @Test("Draws must be the same for all models, each once")
  func draws() async {
    #expect(
      await error { _, losses in losses.append(losses[4]) }
        == .repeatedDraw(model: 4, draw: 0, sign: "+"))
    #expect(
      await error { _, losses in losses[2]["losses"] = StudyFixture(draws: 5).losses(2) }
        == .differentDraws(model: 2, found: 5, expected: 6))
    #expect(await error(["statistic": .string("pair")]) { _, _ in } == .needsAntithetic)
    #expect(
      await error { _, losses in
        losses[2]["losses"] = replacing(",0.01,", ",0.02,", in: losses[2]["losses"])
      } == .severalSigmas([0.01, 0.02]))
    #expect(
      await error { _, losses in
        losses[0]["losses"] = replacing("gaussian", "sphere", in: losses[0]["losses"])
      } == .differentSetting(name: "kind", values: ["gaussian", "sphere"]))
  }

  @Test("Of several sigmas one must be chosen, and be there")
  func sigmas() async {
    let several = StudyFixture(models: 5, sigmas: [0.1, 0.01])
    let found = await error { _, losses in losses = several.perturbations }
    #expect(found == .severalSigmas([0.01, 0.1]))
    #expect(found?.description.contains("hint: choose one with 'sigma'") == true)
    let other = await error(["sigma": .number(0.5)]) { _, losses in
      losses = several.perturbations
    }
    #expect(other == .noSuchSigma(0.5, found: [0.01, 0.1]))
  }

  @Test("Numbers that are not finite are named, never dropped")
  func notFinite() async {
    let change = fixture.measured(3).changes[2]
    #expect(
      await error { _, losses in
        losses[3]["losses"] = replacing(",\(change),", ",inf,", in: losses[3]["losses"])
      } == .notFinite(model: 3, quantity: "loss after draw 2 (+) with sigma 0.01"))
    let baseline = fixture.measured(4).trainLoss
    #expect(
      await error { _, losses in
        losses[4]["losses"] = replacing("0.01,\(baseline),", "0.01,nan,", in: losses[4]["losses"])
      } == .notFinite(model: 4, quantity: "loss before a move"))
    let trainLoss = fixture.measured(1).trainLoss
    #expect(
      await error { models, _ in
        models[1]["metrics"] = replacing("\(trainLoss)", "nan", in: models[1]["metrics"])
      } == .notFinite(model: 1, quantity: "training loss"))
  }

  @Test("Example losses must be of the same examples and agree with the metrics")
  func exampleLosses() async {
    let other = StudyFixture(models: 5, examples: 50).branch(2)
    #expect(
      await error { models, _ in models[2] = other }
        == .differentExampleCounts(model: 2, found: 50, expected: 60))
    let found = await error { models, _ in
      models[2]["exampleLosses"] = models[3]["exampleLosses"]
    }
    guard case .inconsistentLosses(let model, _, _) = found else {
      Issue.record("\(String(describing: found))")
      return
    }
    #expect(model == 2)
  }

  @Test("The numbers of images must be as many as losses, different and possible")
  func imageNumbers() async {
    for numbers in [[0, 1], [Int64](repeating: 3, count: 60), [-1] + Array(0..<59)] {
      let tensors = ["evaluation": Tensor(fixture.measured(1).losses), "images": Tensor(numbers)]
      let found = await error { models, _ in
        models[1]["exampleLosses"] = Safetensors(tensors: tensors).encoded()
      }
      #expect(found?.description.contains("does not number 60 different images") == true)
    }
  }

  @Test("Damaged files say which and why")
  func damaged() async {
    let found = await error { models, _ in models[0]["weights"] = [1, 2, 3] }
    #expect(found?.description.hasPrefix("'weights' of model=x cannot be read: ") == true)
    let table = await error { _, losses in losses[0]["losses"] = Array("model\n1\n".utf8) }
    #expect(
      table?.description.contains("'losses' of the perturbation model=x cannot be read") == true)
    let sign = await error { _, losses in
      losses[0]["losses"] = replacing(",+,", ",±,", in: losses[0]["losses"])
    }
    #expect(sign?.description.contains("neither + nor -") == true)
    let rows = await error { models, _ in
      models[0]["metrics"] = replacing(
        "\n0,", "\n0,12,1,,1,1,0,1,1,0\n0,", in: models[0]["metrics"])
    }
    #expect(rows?.description.contains("2 rows") == true)
  }

  @Test("Seeds must be one")
  func seeds() async {
    var other = fixture
    other.seed = 1
    let branch = other.branch(4)
    #expect(
      await error { models, _ in models[4] = branch }
        == .differentSetting(name: "seed", values: ["1", "20171107"]))
  }
}
