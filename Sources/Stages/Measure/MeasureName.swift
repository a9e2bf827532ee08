/// The measures that can be asked for.
enum MeasureName: String, Sendable, Decodable, CaseIterable {
  /// ‖∇L‖, and the mean of ‖∇ℓ‖² over images.
  case gradNorm
  case gradVar
  /// The trace of the Hessian in closed form, all of it and by layer.
  case trace
  case traceW1
  case traceW2
  /// What a rescaling of the layers leaves alone.
  case relTrace
  case relFlat
  /// The largest eigenvalue of the Hessian.
  case lambdaMax
  /// Trace and Frobenius norm of the Hessian from random probes.
  case hutchinson
  /// Rise of the loss after a step of ascent.
  case sam
  case asam
  /// How far the weights can be moved at random.
  case pacSigma
  case pacSigmaRel
  /// Norms of the weights, margins, number of parameters.
  case norms
}
