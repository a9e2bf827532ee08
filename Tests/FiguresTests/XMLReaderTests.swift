import Testing

/// The reader that other tests rely on must itself refuse what is not XML.
@Suite struct XMLReaderTests {
  @Test(arguments: [
    "<a>", "<a></b>", "<a/><b/>", "<a>&</a>", "<a b=\"1\" b=\"2\"/>", "x<a/>", "", "<a b=c/>",
    "<a>\u{1}</a>", "<a", "</a>",
  ])
  func whatIsNotWellFormedIsRefused(text: String) {
    #expect(throws: XMLReader.NotWellFormed.self) { try Picture(text) }
  }

  @Test func textsAndAttributesAreRead() throws {
    let picture = try Picture("<g x1=\"&lt;1\"><text>a &amp;lt; b</text></g>")
    #expect(picture.all("g").first?.attributes == ["x1": "<1"])
    #expect(picture.all("text").first?.text == "a &lt; b")
  }
}
