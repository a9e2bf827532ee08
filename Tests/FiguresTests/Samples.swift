import Figures
import TestSupport

/// Figures of every kind, with the proportions of real ones.
enum Samples {
  static func cloud(_ count: Int = 100) -> [Point] {
    var numbers = SampleNumbers(seed: 7)
    return (0..<count).map { _ in
      Point(
        x: numbers.normal(mean: 0.0021, deviation: 0.0006),
        y: numbers.normal(mean: 0.0285, deviation: 0.0038))
    }
  }

  static func scatter() -> Figure {
    let points = cloud()
    let ends = [points.map(\.x).min() ?? 0, points.map(\.x).max() ?? 1]
    let steps = (0...20).map { ends[0] + (ends[1] - ends[0]) * Double($0) / 20 }
    let band = steps.map { x in
      let half = 0.0006 + 0.6 * (x - 0.0021).magnitude
      return BandSlice(x: x, lower: 0.0285 - half, upper: 0.0285 + half)
    }
    return Figure(
      title:
        "Sharpness & gap: a title that is <long> enough to need a second line of text on the card",
      description: "A cloud of points with a level line.",
      panels: [
        Panel(
          notes: ["r = −0.02 [−0.21, 0.18], p = 0.85"], x: Axis("mean |ΔL| over 20 draws"),
          y: Axis("gap: test loss − training loss"),
          layers: [
            Layer(.band(band), .orange, name: "95 % band of the line"),
            Layer(
              .line(steps.map { Point(x: $0, y: 0.0285) }, .solid), .orange, name: "least squares"),
            Layer(.points(points), .blue, name: "one network"),
          ])
      ])
  }

  static func distributions() -> Figure {
    var numbers = SampleNumbers(seed: 11)
    let names = ["accuracy (%)", "training loss", "test loss", "gap"]
    let panels = names.enumerated().map { index, name in
      let scale = [1, 0.01, 0.001, 10][index]
      let values = (0..<100).map { _ in numbers.normal(mean: 95.46 * scale, deviation: 0.24 * scale)
      }
      return Panel(
        title: name, x: Axis(name), y: Axis("networks", startsAtZero: true),
        layers: [
          Layer(.bars(Bins(of: values)), .blue),
          Layer(.vertical(95.4 * scale, .dashed), .orange, name: "author's mean"),
          Layer(.vertical(95.46 * scale, .dotted), .green, name: "prototype"),
        ])
    }
    return Figure(
      title: "Four populations", description: "Histograms.", panels: panels, columns: 2,
      panelHeight: 230)
  }

  static func power() -> Figure {
    let steps = (0...40).map { 10 * Double(1 + $0 * $0) }
    let curve = steps.map { Point(x: $0, y: min(1, 2.8 / $0.squareRoot())) }
    return Figure(
      title: "What could have been seen", description: "A falling curve on a logarithmic axis.",
      panels: [
        Panel(
          x: Axis("networks N", scale: .logarithmic), y: Axis("detectable r", startsAtZero: true),
          layers: [
            Layer(.stripe(0...0.2), .green, name: "too small to matter"),
            Layer(.line(curve, .solid), .blue, name: "80 % power"),
            Layer(.horizontal(0.277, .dotted), .grey, name: "this study"),
            Layer(.vertical(100, .dashed), .orange, name: "N = 100"),
            Layer(
              .whiskers([Whisker(x: 100, value: 0.02, lower: 0.0, upper: 0.2)]), .purple,
              name: "seen"),
          ])
      ])
  }

  static func forest() -> ForestFigure {
    ForestFigure(
      title: "Main result and controls", description: "Four intervals.",
      axis: Axis("correlation r with 95 % interval", domain: -0.5...1.1),
      rows: [
        ForestRow(
          label: "sharpness against gap", estimate: .init(value: -0.02, lower: -0.21, upper: 0.18),
          text: "−0.02 [−0.21, 0.18]"),
        ForestRow(
          label: "the same, corrected for what noise takes away from both of them",
          estimate: .init(value: -0.07, lower: -0.9, upper: 0.75), text: "−0.07 [−0.90, 0.75]",
          color: .orange),
        ForestRow(
          label: "positive control", estimate: .init(value: 0.33, lower: 0.14, upper: 0.49),
          text: "0.33 [0.14, 0.49]", color: .green),
        ForestRow(label: "not to be had", estimate: nil, text: "not testable", color: .grey),
      ], range: -0.2...0.2, rangeName: "smaller than δ = 0.2")
  }
}
