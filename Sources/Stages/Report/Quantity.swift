import Figures
import Findings

/// One measured quantity of the networks: how it is called, written and compared.
struct Quantity: Sendable {
  var title: String
  var distribution: @Sendable (Population) -> Distribution
  var value: @Sendable (ModelPoint) -> Double
  var isDrawn = true
  /// In tables and figures values are multiplied by this: 100 for a share in percent.
  var factor = 1.0
  var decimals: Int
  var author: Double?
  var prototype: Reference.Population?

  static let all: [Quantity] = [
    Quantity(
      title: "test accuracy (%)", distribution: { $0.testAccuracy }, value: { $0.testAccuracy },
      factor: 100, decimals: 2, author: Reference.authorAccuracy,
      prototype: Reference.prototypeAccuracy),
    Quantity(
      title: "training accuracy (%)", distribution: { $0.trainAccuracy },
      value: { $0.trainAccuracy }, factor: 100, decimals: 2),
    Quantity(
      title: "training loss", distribution: { $0.trainLoss }, value: { $0.trainLoss },
      decimals: 4, prototype: Reference.prototypeTrainLoss),
    Quantity(
      title: "test loss", distribution: { $0.testLoss }, value: { $0.testLoss }, decimals: 4,
      prototype: Reference.prototypeTestLoss),
    Quantity(
      title: "gap G", distribution: { $0.gap }, value: { $0.gap }, decimals: 4,
      prototype: Reference.prototypeGap),
    Quantity(
      title: "error gap (% points)", distribution: { $0.errorGap }, value: { $0.errorGap },
      isDrawn: false, factor: 100, decimals: 2),
    Quantity(
      title: "sharpness S", distribution: { $0.sharpness }, value: { $0.sharpness },
      decimals: 5),
  ]

  /// Those that the figure shows.
  static var drawn: [Quantity] { all.filter(\.isDrawn) }

  /// Cells of the table of means: here, of the prototype, of the author.
  func means(_ population: Population) -> [String] {
    let spread = distribution(population)
    let quoted = [prototype?.mean, prototype?.deviation].map { $0.map(text) ?? "" }
    // He gave one decimal of a percent.
    let stated = author.map { NumberText.fixed($0 * factor, 1) } ?? ""
    return [title, text(spread.mean), text(spread.standardDeviation)] + quoted + [stated]
  }

  /// Cells of the table of quantiles.
  func quantiles(_ population: Population) -> [String] {
    let spread = distribution(population)
    let numbers = [
      spread.minimum, spread.quantile05, spread.lowerQuartile, spread.median, spread.upperQuartile,
      spread.quantile95, spread.maximum,
    ]
    return [title] + numbers.map(text)
  }

  func panel(_ points: [ModelPoint]) -> Panel {
    var layers = [Layer(.bars(Bins(of: points.map { value($0) * factor })), .blue)]
    if let author {
      layers.append(Layer(.vertical(author * factor, .dashed), .orange, name: "author's mean"))
    }
    if let prototype {
      layers.append(
        Layer(.vertical(prototype.mean * factor, .dotted), .purple, name: "prototype's mean"))
    }
    return Panel(
      title: title, x: Axis(""), y: Axis("networks", startsAtZero: true), layers: layers)
  }

  private func text(_ value: Double) -> String { NumberText.fixed(value * factor, decimals) }
}
