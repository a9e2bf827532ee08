import Figures

/// One figure of the report: a file, words for those who do not see it, and how to draw it.
struct ReportFigure {
  var path: String
  var words: String
  private var make: () throws(FigureError) -> String

  init(_ path: String, _ words: String, _ make: @escaping () throws(FigureError) -> String) {
    self.path = path
    self.words = words
    self.make = make
  }

  /// The drawn figure, or why it cannot be drawn: a run of three networks still gets its report.
  func drawn() -> DrawnFigure {
    do {
      return DrawnFigure(path: path, markdown: Markdown.image(path, words), svg: try make())
    } catch {
      let reason = "*No figure here: \(Markdown.text(error.description)).*"
      return DrawnFigure(path: path, markdown: reason, svg: nil)
    }
  }
}

/// A figure as the report uses it.
struct DrawnFigure {
  var path: String
  /// The image link, or the sentence that stands in its place.
  var markdown: String
  var svg: String?
}
