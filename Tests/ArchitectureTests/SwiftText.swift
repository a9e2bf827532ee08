/// The code of a Swift file: comments are gone, and string literals are empty.
///
/// Lines keep their numbers. What is interpolated into a string goes with it.
struct SwiftText {
  let code: String

  init(_ source: String) {
    var scanner = Scanner(bytes: Array(source.utf8))
    scanner.scan()
    code = String(decoding: scanner.code, as: UTF8.self)
  }

  var lines: [Substring] { code.split(separator: "\n", omittingEmptySubsequences: false) }

  /// The modules that the code imports, each as often as it does.
  var imports: [String] {
    lines.compactMap { line in
      let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
      guard let index = words.firstIndex(of: "import"),
        words[..<index].allSatisfy({
          Self.importModifiers.contains(String($0)) || $0.hasPrefix("@")
        })
      else { return nil }
      var rest = words[(index + 1)...]
      if let kind = rest.first, Self.importKinds.contains(String(kind)) { rest = rest.dropFirst() }
      return rest.first.map { String($0.prefix { $0 != "." && $0 != ";" }) }
    }
  }

  private static let importModifiers: Set = [
    "public", "package", "internal", "private", "fileprivate",
  ]
  private static let importKinds: Set = [
    "struct", "class", "enum", "protocol", "func", "var", "let", "typealias",
  ]

  /// The numbers of the lines that hold `text`, from 1.
  func lines(holding text: String) -> [Int] {
    lines.enumerated().compactMap { $1.contains(text) ? $0 + 1 : nil }
  }
}

private struct Scanner {
  let bytes: [UInt8]
  var code: [UInt8] = []
  private var place = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
    code.reserveCapacity(bytes.count)
  }

  mutating func scan() {
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "/") where starts("//"):
        while place < bytes.count, bytes[place] != 0x0A { place += 1 }
      case UInt8(ascii: "/") where starts("/*"): skipComment()
      case UInt8(ascii: "#"), UInt8(ascii: "\""):
        if let pounds = poundsBeforeQuote() { skipString(pounds: pounds) } else { keep() }
      default: keep()
      }
    }
  }

  private mutating func keep() {
    code.append(bytes[place])
    place += 1
  }

  private func starts(_ text: String, at offset: Int = 0) -> Bool {
    bytes[min(place + offset, bytes.count)...].starts(with: text.utf8)
  }

  /// Keeps line feeds, so that lines keep their numbers.
  private mutating func skip(_ count: Int) {
    for byte in bytes[place..<min(place + count, bytes.count)] where byte == 0x0A {
      code.append(byte)
    }
    place += count
  }

  private mutating func skipComment() {
    var depth = 0
    repeat {
      if starts("/*") {
        depth += 1
        skip(2)
      } else if starts("*/") {
        depth -= 1
        skip(2)
      } else {
        skip(1)
      }
    } while depth > 0 && place < bytes.count
  }

  /// How many `#` stand before the quote that begins a string here; nil where none begins.
  private func poundsBeforeQuote() -> Int? {
    let pounds = bytes[place...].prefix { $0 == UInt8(ascii: "#") }.count
    return starts("\"", at: pounds) ? pounds : nil
  }

  private mutating func skipString(pounds: Int) {
    let quote = starts("\"\"\"", at: pounds) ? "\"\"\"" : "\""
    let end = quote + String(repeating: "#", count: pounds)
    let escape = "\\" + String(repeating: "#", count: pounds)
    skip(pounds + quote.utf8.count)
    code += "\"\"".utf8
    while place < bytes.count {
      if bytes[place] != UInt8(ascii: "\""), bytes[place] != UInt8(ascii: "\\") {
        skip(1)
      } else if starts(end) {
        return skip(end.utf8.count)
      } else if starts(escape + "(") {
        skipInterpolation(escape.utf8.count)
      } else if starts(escape) {
        skip(escape.utf8.count + 1)
      } else {
        skip(1)
      }
    }
  }

  /// Skips `\(…)`, which may hold strings itself.
  private mutating func skipInterpolation(_ escape: Int) {
    skip(escape + 1)
    var depth = 1
    while depth > 0, place < bytes.count {
      if let pounds = poundsBeforeQuote() {
        skipString(pounds: pounds)
        code.removeLast(2)
      } else {
        if bytes[place] == UInt8(ascii: "(") { depth += 1 }
        if bytes[place] == UInt8(ascii: ")") { depth -= 1 }
        skip(1)
      }
    }
  }
}
