/// What others reported: the only numbers of the report that do not come from the run.
enum Reference {
  static let author = "R. Osmulski"
  static let year = "2017"
  static let title = "Do smoother areas of the error surface lead to better generalization?"
  /// The author's networks, hidden units, draws and mean test accuracy.
  static let authorNetworks = 100
  static let authorHidden = 20
  static let authorDraws = 20
  static let authorAccuracy = 0.954
  /// The same in percent, as he gave it.
  static let authorAccuracyText = "95.4"

  /// Mean and SD over the 200 networks of an independent prototype of this experiment.
  struct Population {
    var mean: Double
    var deviation: Double
  }

  static let prototypeNetworks = 200
  /// How the prototype's networks were trained: the defaults of kind `train`.
  static let prototypeSettings = [
    "activation": "relu", "batch": "128", "batchNorm": "false", "bias": "zeros",
    "data.evaluate": "test", "data.subsetSeed": "0", "data.train": "60000", "epochs": "12",
    "hidden": "20", "init": "glorot_uniform", "l2": "0", "lastBatch": "keep",
    "optimizer":
      #"{"beta1":0.9,"beta2":0.999,"epsilon":1e-08,"learningRate":0.001,"name":"adam"}"#,
    "sharpness": "0", "shuffle": "epoch",
  ]
  static let prototypeAccuracy = Population(mean: 0.9546, deviation: 0.0024)
  static let prototypeTrainLoss = Population(mean: 0.127, deviation: 0.0069)
  static let prototypeTestLoss = Population(mean: 0.155, deviation: 0.0080)
  static let prototypeGap = Population(mean: 0.0285, deviation: 0.0038)
}
