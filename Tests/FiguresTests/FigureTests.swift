import Figures
import Testing

@Suite struct FigureTests {
  static func documents() throws -> [String] {
    try [
      Samples.scatter().svg(), Samples.distributions().svg(), Samples.power().svg(),
      Samples.forest().svg(),
    ]
  }

  @Test func theSameValuesGiveTheSameBytes() throws {
    #expect(try Self.documents() == Self.documents())
  }

  @Test func everyFigureNamesItselfForThoseWhoDoNotSeeIt() throws {
    for document in try Self.documents() {
      let picture = try Picture(document)
      let root = try #require(picture.all("svg").first)
      #expect(root.attributes["role"] == "img")
      #expect(root.attributes["viewBox"]?.hasPrefix("0 0 720 ") == true)
      #expect(picture.all("title").first?.text.isEmpty == false)
      #expect(picture.all("desc").first?.text.isEmpty == false)
    }
  }

  @Test func textsOverlapNeitherEachOtherNorTheEdge() throws {
    for document in try Self.documents() {
      let picture = try Picture(document)
      let height = try #require(picture.all("svg").first).number("height")
      for (index, box) in picture.textBoxes.enumerated() {
        #expect(box.left >= 4 && box.right <= 716, "\(box)")
        #expect(box.top >= 4 && box.bottom <= height - 4, "\(box)")
        for other in picture.textBoxes.dropFirst(index + 1) {
          #expect(!box.overlaps(other), "\(box) and \(other)")
        }
      }
    }
  }

  @Test(arguments: [1, 2, 100, 1_000])
  func allPointsLieInsideThePlot(count: Int) throws {
    let figure = Figure(
      title: "cloud", description: "points",
      panels: [
        Panel(x: Axis("x"), y: Axis("y"), layers: [Layer(.points(Samples.cloud(count)), .blue)])
      ])
    let picture = try Picture(figure.svg())
    let circles = picture.all("circle")
    #expect(circles.count == count)
    let lines = picture.all("line")
    let left = try #require(lines.map { $0.number("x1") }.min())
    let right = try #require(lines.map { $0.number("x2") }.max())
    let bottom = try #require(lines.map { $0.number("y2") }.max())
    for circle in circles {
      let radius = circle.number("r")
      #expect(circle.number("cx") - radius >= left && circle.number("cx") + radius <= right)
      #expect(circle.number("cy") - radius >= 20 && circle.number("cy") + radius <= bottom)
    }
  }

  @Test func whatLiesOutsideADeclaredDomainStaysInThePlot() throws {
    let figure = Figure(
      title: "narrow", description: "a line that leaves",
      panels: [
        Panel(
          x: Axis("x", domain: 0...1), y: Axis("y", domain: 0...1),
          layers: [
            Layer(.line([Point(x: -5, y: -5), Point(x: 5, y: 5)], .solid), .blue),
            Layer(.points([Point(x: 9, y: -9)]), .orange),
          ])
      ])
    let picture = try Picture(figure.svg())
    for circle in picture.all("circle") {
      #expect((0...720).contains(circle.number("cx")) && (0...440).contains(circle.number("cy")))
    }
  }

  @Test func aLogarithmicAxisSpacesDecadesEvenly() throws {
    let points = [1.0, 10, 100, 1_000].map { Point(x: $0, y: $0) }
    let figure = Figure(
      title: "decades", description: "four points",
      panels: [
        Panel(
          x: Axis("x", scale: .logarithmic), y: Axis("y", scale: .logarithmic),
          layers: [Layer(.points(points), .blue)])
      ])
    let centres = try Picture(figure.svg()).all("circle").map { $0.number("cx") }
    let steps = zip(centres, centres.dropFirst()).map { $1 - $0 }
    #expect(steps.count == 3)
    #expect(steps.allSatisfy { ($0 - steps[0]).magnitude < 0.03 })
  }

  @Test func textsAreEscaped() throws {
    let figure = Figure(
      title: "a < b & \"c\" > 'd'", description: "<script>alert(1)</script>\u{1}",
      panels: [
        Panel(
          title: "]]>&amp;", x: Axis("<x>"), y: Axis("&y"),
          layers: [Layer(.points([Point(x: 1, y: 1)]), .blue, name: "<&>")])
      ])
    let picture = try Picture(figure.svg())
    #expect(picture.all("title").first?.text == "a < b & \"c\" > 'd'")
    #expect(picture.all("script").isEmpty)
    #expect(picture.all("text").contains { $0.text == "<&>" })
    #expect(picture.all("text").contains { $0.text == "&y" })
  }
}
