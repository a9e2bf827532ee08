import Foundation
import Workspaces

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What standard output and standard error are connected to, and how to write there.
enum Terminal {
  static let errorsAreTerminal = isatty(STDERR_FILENO) == 1

  /// Colour and styles: on terminals, unless `NO_COLOR` or a dumb terminal forbids it.
  static let usesStyles: Bool = {
    let environment = ProcessInfo.processInfo.environment
    return environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
  }()

  /// Columns of the terminal; 80 where that is unknown.
  static var width: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  static func print(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

  static func printError(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

  /// Writes all of `text` at once; a reader that has gone away (`pipe status | head`) is no error.
  static func write(_ text: String, to descriptor: Int32) {
    write(Array(text.utf8), to: descriptor)
  }

  static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { buffer in
        #if canImport(Glibc)
          Glibc.write(descriptor, buffer.baseAddress, buffer.count)
        #else
          Darwin.write(descriptor, buffer.baseAddress, buffer.count)
        #endif
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        fail(descriptor, errno)
        return
      }
      rest = rest.dropFirst(count)
    }
  }
}

extension Terminal {
  /// Results that cannot be written must not pass for written; messages that cannot, may.
  private static func fail(_ descriptor: Int32, _ code: Int32) {
    guard descriptor == STDOUT_FILENO, code != EPIPE else { return }
    let reason = String(cString: strerror(code))
    printError(ErrorText.headline("error", "cannot write to standard output: \(reason)"))
    exit(1)
  }

  /// `text` without escapes and control characters, for names that somebody else chose.
  static func plain(_ text: String) -> String { TerminalText.plain(text.utf8) }
}

/// A style for text on a terminal.
enum Style: String {
  case red = "31"
  case yellow = "33"

  /// `text` in this style when `isOn`, which is false for pipes and `NO_COLOR`.
  func callAsFunction(_ text: String, _ isOn: Bool) -> String {
    isOn && Terminal.usesStyles ? "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" : text
  }
}
