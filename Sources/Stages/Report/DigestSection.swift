import Findings

/// What went in and what came out, named by content.
enum DigestSection {
  /// Digests of the three artifacts this report is made from.
  struct Results: Sendable {
    var analysis: String
    var models: String
    var draws: String
  }

  static func markdown(_ findings: StudyFindings, _ results: Results) -> String {
    var table = MarkdownTable("content", "SHA-256")
    for data in findings.configuration.dataDigests {
      table.add("data: \(Markdown.text(data.name))", Markdown.code(data.value))
    }
    table.add("result: analysis", Markdown.code(results.analysis))
    table.add("result: [`models.csv`](models.csv)", Markdown.code(results.models))
    table.add("result: [`draws.csv`](draws.csv)", Markdown.code(results.draws))
    return Markdown.blocks([
      "## Digests",
      """
      The same inputs and settings give the same bytes on every machine. Data are the uncompressed \
      IDX files; the analysis (`pipe show analyze`) \
      names the digest of every network's weights.
      """,
      table.markdown,
    ])
  }
}
