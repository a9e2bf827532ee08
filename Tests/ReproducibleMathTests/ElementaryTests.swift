import ReproducibleMath
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One function: its error against the library, its stated bound and where arguments are drawn.
struct Comparison: Sendable, CustomTestStringConvertible {
  var name: String
  /// The error of our value at an argument, in ulp.
  var error: @Sendable (Double) -> Double
  var bound: Double
  var ranges: [ClosedRange<Double>]
  var testDescription: String { name }
}

#if arch(x86_64)
  /// What the library computes the reference in: 64 bits of significand here.
  private typealias Wide = Float80
  private let libraryError = 0.0
#else
  private typealias Wide = Double
  private let libraryError = 1.0
#endif

@Suite("Elementary functions")
struct ElementaryTests {
  static let comparisons = [
    Comparison(
      name: "exp", error: { error(Elementary.exp($0), exp(Wide($0))) },
      bound: 1, ranges: [-1...1, -50...50, -708...709.7, -1e-9...1e-9]),
    Comparison(
      name: "expm1", error: { error(Elementary.expm1($0), expm1(Wide($0))) },
      bound: 2, ranges: [-1...1, -40...50, -1e-9...1e-9, 0.3...0.4, -0.4 ... -0.3]),
    Comparison(
      name: "log", error: { error(Elementary.log($0), log(Wide($0))) },
      bound: 1, ranges: [0...1, 0.9...1.1, 0...1e300, 0...1e-300]),
    Comparison(
      name: "log1p", error: { error(Elementary.log1p($0), log1p(Wide($0))) },
      bound: 1, ranges: [-1...1, -1e-9...1e-9, 0...1e10, -0.3...0.5]),
    Comparison(
      name: "sin", error: { error(Elementary.sin($0), sin(Wide($0))) },
      bound: 1, ranges: [-1...1, -7...7, -1e3...1e3, -1e6...1e6]),
    Comparison(
      name: "cos", error: { error(Elementary.cos($0), cos(Wide($0))) },
      bound: 1, ranges: [-1...1, -7...7, -1e3...1e3, -1e6...1e6]),
    Comparison(
      name: "tanh", error: { error(Elementary.tanh($0), tanh(Wide($0))) },
      bound: 3, ranges: [-1...1, -1e-3...1e-3, -25...25]),
    Comparison(
      name: "atanh", error: { error(Elementary.atanh($0), atanh(Wide($0))) },
      bound: 3, ranges: [-1...1, -1e-3...1e-3, -0.6...0.6]),
  ]

  private static func error(_ value: Double, _ exact: Wide) -> Double {
    let rounded = Double(exact)
    return Double((Wide(value) - exact).magnitude / Wide(rounded.ulp))
  }

  @Test("Errors stay within the stated bounds", arguments: comparisons)
  func accuracy(_ comparison: Comparison) {
    for (index, range) in comparison.ranges.enumerated() {
      let sequence = RandomSequence(seed: 5, stream: .probes, model: UInt32(index))
      var worst = (error: 0.0, argument: 0.0)
      for k in 0..<40_000 {
        let u = sequence.uniform(at: k)
        let x = range.lowerBound + u * (range.upperBound - range.lowerBound)
        let error = comparison.error(x)
        if error > worst.error { worst = (error, x) }
      }
      #expect(
        worst.error <= comparison.bound + libraryError,
        "\(comparison.name)(\(worst.argument)) is wrong by \(worst.error) ulp")
    }
  }

  @Test("Ends of the range and special values")
  func specialValues() {
    let infinity = Double.infinity
    #expect(Elementary.exp(0) == 1 && Elementary.exp(-infinity) == 0)
    #expect(Elementary.exp(infinity) == infinity && Elementary.exp(710) == infinity)
    #expect(Elementary.exp(709.782712893384).isFinite && Elementary.exp(-746) == 0)
    #expect(Elementary.exp(-745.13) == 0x1p-1074)
    #expect(Elementary.expm1(-infinity) == -1 && Elementary.expm1(infinity) == infinity)
    #expect(Elementary.expm1(-0.0).sign == .minus && Elementary.expm1(1e-300) == 1e-300)
    #expect(Elementary.log(1) == 0 && Elementary.log(0) == -infinity)
    #expect(Elementary.log(-1).isNaN && Elementary.log(infinity) == infinity)
    #expect(Elementary.log1p(-1) == -infinity && Elementary.log1p(-2).isNaN)
    #expect(Elementary.log1p(1e-300) == 1e-300 && Elementary.log1p(infinity) == infinity)
    #expect(Elementary.sin(0) == 0 && Elementary.cos(0) == 1)
    #expect(Elementary.sin(infinity).isNaN && Elementary.cos(0x1p21).isNaN)
    #expect(Elementary.tanh(infinity) == 1 && Elementary.tanh(-30) == -1)
    #expect(Elementary.atanh(1) == infinity && Elementary.atanh(-1) == -infinity)
    #expect(Elementary.atanh(1.0000001).isNaN)
    for function in [
      Elementary.exp, Elementary.expm1, Elementary.log, Elementary.log1p, Elementary.sin,
      Elementary.cos, Elementary.tanh, Elementary.atanh,
    ] {
      #expect(function(.nan).isNaN)
    }
  }

  @Test("Subnormal arguments and results")
  func subnormals() {
    for exponent in [-1074, -1060, -1030, -1023, -1022] {
      let x = Double(sign: .plus, exponent: exponent, significand: 1)
      #expect(Self.error(Elementary.log(x), log(Wide(x))) <= 1 + libraryError)
    }
    for x in [-708.5, -710, -720.25, -740, -745] {
      let expected = exp(x)
      #expect((Elementary.exp(x) - expected).magnitude <= 1.5 * expected.ulp)
    }
  }

  @Test("Sine and cosine at once are the single ones, in every quadrant")
  func sineAndCosineAtOnce() {
    for k in -2000...2000 {
      let x = Double(k) * 0.0137
      let (sine, cosine) = Elementary.sinCos(x)
      #expect(sine == Elementary.sin(x) && cosine == Elementary.cos(x))
    }
    #expect(Elementary.sinCos(.infinity).sin.isNaN && Elementary.sinCos(0x1p21).cos.isNaN)
  }

  @Test("Bits that any machine must give")
  func pinnedBits() {
    var digest: UInt64 = 0
    let functions = [
      Elementary.exp, Elementary.expm1, Elementary.log1p, Elementary.sin, Elementary.cos,
      Elementary.tanh, { Elementary.log($0 * $0) }, { Elementary.atanh($0 / 20) },
    ]
    for (index, function) in functions.enumerated() {
      for x in RandomSequence(seed: 8, stream: .probes, model: UInt32(index)).normals(count: 1000) {
        digest = (digest &* 0x100_0000_01B3) ^ function(x).bitPattern
      }
    }
    #expect(digest == 11_111_848_541_187_175_183)
  }
}
