import ComputeKernel
import Experiment
import StageInterface

/// The parameters of kind `train`.
struct TrainParameters: Decodable {
  var seed: UInt64
  var model: UInt32
  var data: DataSelection
  var hidden: Int
  var activation: Word<Activation>
  var batchNorm: Bool
  var optimizer: OptimizerParameters
  var batch: Int
  var epochs: Int
  var steps: Int?
  var targetTrainLoss: Double?
  var l2: Double
  var sharpness: Double
  var lastBatch: Word<TrainingPlan.LastBatch>

  /// What the kernel is asked to do.
  var plan: TrainingPlan {
    var plan = TrainingPlan(
      seed: seed, model: model, hidden: hidden, epochs: steps == nil ? epochs : nil, steps: steps)
    plan.activation = activation.value
    plan.batchNorm = batchNorm
    plan.optimizer = optimizer.rule
    plan.batch = batch
    plan.targetTrainLoss = targetTrainLoss
    plan.l2 = l2
    plan.sharpnessRadius = sharpness
    plan.lastBatch = lastBatch.value
    return plan
  }

  /// How many epochs the cap allows, the last of them perhaps in part.
  var epochLimit: Int {
    guard let steps else { return epochs }
    let isKept = lastBatch.value == .keep
    let stepsPerEpoch = isKept ? (data.train - 1) / batch + 1 : max(1, data.train / batch)
    return (steps - 1) / stepsPerEpoch + 1
  }
}
