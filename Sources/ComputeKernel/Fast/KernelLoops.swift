import ComputeKernelAVX2
import ComputeKernelAVX512
import ComputeKernelPortable

/// Numbers in memory as the inner loops see them: sixteens, aligned.
typealias Floats = Span<SIMD16<Float>>
typealias MutableFloats = MutableSpan<SIMD16<Float>>
/// Sums over images, sixteen doubles at a time.
typealias DoubleSums = MutableSpan<SIMD16<Double>>

/// What a compiled variant of the inner loops offers.
///
/// The contracts are with the loops themselves, in Sources/ComputeKernelVariants/Loops.
protocol KernelLoops: SendableMetatype {
  static func panelWidth(_ rest: Int) -> Int
  static func tilePanelWidth(_ rest: Int) -> Int

  static func gather(
    records: Span<UInt32>, starts: Span<Int32>, batch: Span<Int32>,
    bits: inout MutableSpan<UInt64>, cursors: inout MutableSpan<Int32>,
    ends: inout MutableSpan<Int32>, images: inout MutableSpan<UInt8>, x: inout MutableFloats)
  static func prefetch(starts: Span<Int32>, images: Span<Int32>)
  static func prefetch(records: Span<UInt32>, starts: Span<Int32>, images: Span<Int32>)
  static func sparseForward(
    ends: Span<Int32>, images: Span<UInt8>, x: Floats, first: Int, count: Int, W1: Floats,
    b1: Floats, units: Int, row: Int, squared: Bool, into A: inout MutableFloats)
  static func sparseOuter(
    ends: Span<Int32>, images: Span<UInt8>, x: Floats, first: Int, count: Int, D: Floats,
    units: Int, row: Int, adding: Bool, into G: inout MutableFloats)

  static func normalize(
    count: Int, row: Int, gamma: Floats, beta: Floats, epsilon: Float, A: inout MutableFloats,
    N: inout MutableFloats, mean: inout MutableFloats, variance: inout MutableFloats,
    inverse: inout MutableFloats)
  static func normalizeBackward(
    count: Int, row: Int, gamma: Floats, inverse: Floats, N: Floats, D: inout MutableFloats,
    Ggamma: inout MutableFloats, Gbeta: inout MutableFloats)
  static func track(_ value: Floats, momentum: Float, rest: Float, running: inout MutableFloats)

  static func batchOutput(
    labels: Span<UInt8>, batch: Span<Int32>, W2: Floats, b2: Floats, hidden: Int, row: Int,
    classes: Int, activation: Int, A: inout MutableFloats, E: inout MutableFloats,
    L: inout MutableFloats, scratch: inout MutableFloats)
  static func backward(
    count: Int, E: Floats, H: Floats, W2: Floats, row: Int, classes: Int, activation: Int,
    GW2: inout MutableFloats, Gb2: inout MutableFloats, D: inout MutableFloats)
  static func finishDeltas(
    count: Int, row: Int, D: inout MutableFloats, Gb1: inout MutableFloats)

  static func sgdStep(
    w: inout MutableFloats, g: Floats, rate: Float, decay: Float)
  static func momentumStep(
    w: inout MutableFloats, g: Floats, v: inout MutableFloats, rate: Float,
    momentum: Float, ahead: Bool, decay: Float)
  static func rmspropStep(
    w: inout MutableFloats, g: Floats, s: inout MutableFloats, rate: Float,
    rho: Float, rest: Float, epsilon: Float, decay: Float)
  static func adamStep(
    w: inout MutableFloats, g: Floats, m: inout MutableFloats,
    v: inout MutableFloats, rate: Float, beta1: Float, rest1: Float, beta2: Float, rest2: Float,
    epsilon: Float, decay: Float)
  static func ascend(
    w: Floats, g: Floats, scale: Float, moved: inout MutableFloats)

  static func round(
    starts: Span<Int32>, columns: Span<UInt16>, values: Span<UInt8>, labels: Floats,
    W1: Floats, b1: Floats, W2: Floats, b2: Floats, networks: Int, hidden: Int, units: Int,
    classes: Int, activation: Int, losses: inout MutableFloats,
    correct: inout MutableSpan<Int32>, x: inout MutableFloats, A: inout MutableFloats,
    hT: inout MutableFloats, z: inout MutableFloats)
  static func sweepRound(
    starts: Span<Int32>, columns: Span<UInt16>, values: Span<UInt8>, labels: Floats,
    W1: Floats, b1: Floats, W2: Floats, b2: Floats, lengths: Span<Float>, directions: Int,
    hidden: Int, units: Int, classes: Int, activation: Int, losses: inout MutableFloats,
    correct: inout MutableSpan<Int32>, x: inout MutableFloats, A: inout MutableFloats,
    T: inout MutableFloats, hT: inout MutableFloats, z: inout MutableFloats)

  static func settleErrors(
    labels: Span<UInt8>, batch: Span<Int32>, classes: Int, E: inout MutableFloats)
  static func addClosedForms(
    labels: Span<UInt8>, batch: Span<Int32>, H: Floats, E: Floats, L: Floats, S: Floats,
    X: Floats, W2: Floats, b2: Floats, hidden: Int, row: Int, classes: Int, activation: Int,
    T: inout MutableFloats, z: inout MutableFloats, sums: inout DoubleSums)
  static func curvatureOutput(
    labels: Span<UInt8>, batch: Span<Int32>, H: Floats, E: Floats, W2: Floats, V2: Floats,
    c2: Floats, hidden: Int, row: Int, classes: Int, activation: Int, RA: inout MutableFloats,
    RE: inout MutableFloats, T: inout MutableFloats, z: inout MutableFloats)
  static func curvatureBackward(
    count: Int, E: Floats, RE: Floats, H: Floats, RH: Floats, W2: Floats, V2: Floats, row: Int,
    classes: Int, activation: Int, RGW2: inout MutableFloats, RGb2: inout MutableFloats,
    D: inout MutableFloats)
  static func margins(
    labels: Span<UInt8>, batch: Span<Int32>, H: Floats, W2: Floats, b2: Floats, hidden: Int,
    row: Int, classes: Int, T: inout MutableFloats, z: inout MutableFloats,
    M: inout MutableFloats)
  static func accumulate(
    _ G: Floats, weight: Double, into sums: inout DoubleSums)
}

extension ComputeKernelPortable.Loops: KernelLoops {}
extension ComputeKernelAVX2.Loops: KernelLoops {}
extension ComputeKernelAVX512.Loops: KernelLoops {}

extension Activation {
  /// The number the inner loops know it by (`ActivationCode` there).
  var code: Int {
    switch self {
    case .relu: 0
    case .tanh: 1
    case .sigmoid: 2
    }
  }
}
