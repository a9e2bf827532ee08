import Testing
import Workspaces

struct TerminalTextTests {
  @Test(arguments: [
    ("plain\n", "plain\n"), ("\u{1B}[31mred\u{1B}[0m", "red"), ("\u{1B}]0;title\u{7}x", "x"),
    ("\u{1B}]8;;http://x\u{1B}\\link\u{1B}]8;;\u{1B}\\", "link"), ("a\u{1B}(Bb", "ab"),
    (" 10%\r 50%\r100%\n", "100%\n"), ("dos\r\nlines\r\n", "dos\nlines\n"),
    ("tab\tbell\u{7}", "tab\tbell"),
    ("\u{9B}2Jx", "x"), ("\u{1B}]never ends\nnext", "\nnext"), ("\u{1B}", ""),
    ("é\u{1B}[1;31mö", "éö"),
    ("\u{1B}P1$r\u{1B}\\y", "y"),
  ])
  func plain(printed: String, expected: String) {
    #expect(TerminalText.plain(printed.utf8) == expected)
  }

  @Test func brokenBytesAreReplaced() {
    #expect(TerminalText.plain([0x61, 0xFF, 0x62]) == "a\u{FFFD}b")
  }

  @Test func lastLines() {
    let printed = Array("one\ntwo\n\u{1B}[1mthree\u{1B}[0m\n\n \n".utf8)
    #expect(TerminalText.lastLines(2, of: printed) == ["two", "three"])
    #expect(TerminalText.lastLines(9, of: printed) == ["one", "two", "three"])
    #expect(TerminalText.lastLines(9, of: []) == [])
  }
}
