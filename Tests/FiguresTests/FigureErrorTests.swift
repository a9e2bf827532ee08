import Figures
import Testing

@Suite struct FigureErrorTests {
  static func figure(_ layers: [Layer], scale: Axis.Scale = .linear) -> Figure {
    Figure(
      title: "T", description: "D",
      panels: [Panel(title: "P", x: Axis("x", scale: scale), y: Axis("y"), layers: layers)])
  }

  @Test func nothingToDraw() {
    let expected = FigureError.empty(figure: "T", panel: "P")
    #expect(throws: expected) { try Self.figure([]).svg() }
    #expect(throws: expected) { try Self.figure([Layer(.points([]), .blue)]).svg() }
    #expect(throws: expected) { try Self.figure([Layer(.vertical(1, .solid), .blue)]).svg() }
    #expect(throws: expected) { try Self.figure([Layer(.bars(Bins(of: [])), .blue)]).svg() }
    #expect(throws: FigureError.empty(figure: "T", panel: "none")) {
      try Figure(title: "T", description: "D", panels: []).svg()
    }
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func whatIsNotFiniteIsNamed(value: Double) {
    let points = [Point(x: 1, y: 1), Point(x: 2, y: value)]
    let expected = FigureError.notFinite(figure: "T", layer: "L", index: 1)
    #expect(throws: expected) { try Self.figure([Layer(.points(points), .blue, name: "L")]).svg() }
    #expect(expected.description.contains("figure 'T', layer 'L': value 1"))
  }

  @Test(arguments: [0.0, -3.0, .leastNonzeroMagnitude])
  func aLogarithmicAxisRefusesWhatItCannotShow(value: Double) {
    let layer = Layer(.points([Point(x: value, y: 1)]), .blue, name: "L")
    #expect(throws: FigureError.notPositive(figure: "T", layer: "L", index: 0, value: value)) {
      try Self.figure([layer], scale: .logarithmic).svg()
    }
  }

  @Test func aForestWithoutEstimatesIsRefused() {
    let row = ForestRow(label: "a", estimate: nil, text: "none")
    #expect(throws: FigureError.empty(figure: "T", panel: "r")) {
      try ForestFigure(title: "T", description: "D", axis: Axis("r"), rows: [row]).svg()
    }
    let broken = ForestRow(label: "a", estimate: .init(value: 0, lower: .nan, upper: 1), text: "")
    #expect(throws: FigureError.notFinite(figure: "T", layer: "a", index: 1)) {
      try ForestFigure(title: "T", description: "D", axis: Axis("r"), rows: [broken]).svg()
    }
  }

  @Test(arguments: [
    [0.0, .leastNonzeroMagnitude], [.leastNormalMagnitude, 0], [0.1, 0.1.nextUp], [-9e297, 9e297],
    [1e297, 1e297.nextUp],
  ])
  func extremeValuesStillMakeAPicture(values: [Double]) throws {
    let points = values.map { Point(x: $0, y: $0) }
    let layers = [Layer(.points(points), .blue), Layer(.bars(Bins(of: values)), .green)]
    #expect(try Picture(Self.figure(layers).svg()).all("circle").count == values.count)
    let tooLarge = Self.figure([Layer(.points([Point(x: 1e307, y: 0)]), .blue)])
    #expect(throws: FigureError.self) { try tooLarge.svg() }
  }

  @Test(arguments: [[1e-299, 1e299], [1e-9, 1e299], [3, 3.0.nextUp]])
  func extremeValuesOnALogarithmicAxis(values: [Double]) throws {
    let points = values.map { Point(x: $0, y: 0) }
    let svg = try Self.figure([Layer(.points(points), .blue)], scale: .logarithmic).svg()
    #expect(!svg.contains("nan") && !svg.contains("inf"))
  }

  @Test func oneValueOnlyStillMakesAPicture() throws {
    let svg = try Self.figure([Layer(.points([Point(x: 0, y: 0)]), .blue)]).svg()
    #expect(try Picture(svg).all("circle").count == 1)
  }
}
