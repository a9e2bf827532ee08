import ComputeKernel
import Testing

/// When training stops, what it counts, and what it refuses.
@Suite struct TrainingRuleTests {
  private let images = smallImages(count: 50)

  private func plan(epochs: Int? = nil, steps: Int? = nil) -> TrainingPlan {
    var plan = TrainingPlan(seed: 1, model: 0, hidden: 6, epochs: epochs, steps: steps)
    plan.batch = 20
    return plan
  }

  @Test func epochsAreCounted() throws {
    var seen: [Int] = []
    let outcome = try Training.run(plan(epochs: 3), on: images) { seen.append($0) }
    #expect(outcome.steps == 9)
    #expect(outcome.epochLosses.count == 3)
    #expect(outcome.reachedTarget == nil)
    #expect(seen == [1, 2, 3])
  }

  @Test func stepsEndAnEpochEarly() throws {
    let outcome = try Training.run(plan(steps: 4), on: images)
    #expect(outcome.steps == 4)
    #expect(outcome.epochLosses.count == 2)
  }

  @Test func theFirstCapCounts() throws {
    #expect(try Training.run(plan(epochs: 2, steps: 100), on: images).steps == 6)
    #expect(try Training.run(plan(epochs: 2, steps: 5), on: images).steps == 5)
    #expect(try Training.run(plan(epochs: 0), on: images).steps == 0)
  }

  @Test func cancellingEndsTheEpochUnderWay() async throws {
    let training = Task {
      try Training.run(plan(epochs: 1_000), on: images) { epoch in
        if epoch == 2 { withUnsafeCurrentTask { $0?.cancel() } }
      }
    }
    #expect(try await training.value.epochLosses.count == 2)
  }

  @Test func smallLastBatchCanBeDropped() throws {
    var plan = plan(epochs: 3)
    plan.lastBatch = .drop
    #expect(try Training.run(plan, on: images).steps == 6)
  }

  @Test func targetEndsAfterTheFirstEpochThatReachesIt() throws {
    let full = try Training.run(plan(epochs: 8), on: images)
    var plan = plan(epochs: 8)
    plan.targetTrainLoss = full.epochLosses[4]
    let stopped = try Training.run(plan, on: images)
    #expect(stopped.epochLosses == Array(full.epochLosses.prefix(5)))
    #expect(stopped.reachedTarget == true)
    plan.targetTrainLoss = 0
    #expect(try Training.run(plan, on: images).reachedTarget == false)
  }

  /// The mean of a few batches is not that of an epoch.
  @Test func aPartOfAnEpochReachesNoTarget() throws {
    var plan = plan(epochs: 8)
    plan.targetTrainLoss = 1e6
    let batches = try Training.run(plan, on: images).steps
    plan.epochs = nil
    plan.steps = batches - 1
    #expect(try Training.run(plan, on: images).reachedTarget == false)
    plan.steps = batches
    #expect(try Training.run(plan, on: images).reachedTarget == true)
  }

  @Test(arguments: Implementation.available)
  func divergenceNamesItsStep(_ kernel: Implementation) throws {
    var plan = plan(epochs: 100)
    plan.optimizer = .sgd(learningRate: 1e30)
    let divergence = #expect(throws: Divergence.self) {
      try Training.run(plan, on: images, kernel: kernel)
    }
    let step = try #require(divergence).step
    #expect((2...6).contains(step))
    #expect(divergence?.epoch == (step + 2) / 3)
    #expect(divergence?.description.contains("step \(step)") == true)
  }

  @Test func modelsHaveTheirOwnShuffles() throws {
    var other = plan(epochs: 1)
    other.model = 1
    let first = try Training.run(plan(epochs: 1), on: images)
    let second = try Training.run(other, on: images)
    #expect(first.network.weights != second.network.weights)
  }
}
