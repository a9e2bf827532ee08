package import StageInterface

/// How branches and axis values are written: `fit@lr=0.1,model=7`.
///
/// Values made of letters, digits, `_`, `.`, `-` and `+` stand for themselves; every other byte is
/// written `%` and two hexadecimal digits. So a name needs no quotes in any shell and names one branch.
package enum BranchName {
  /// The name of one branch.
  ///
  /// - Parameters:
  ///   - stage: Name of the stage.
  ///   - axes: Its axes, by name.
  ///   - values: One value for each axis.
  /// - Returns: The stage's name alone where there is no axis.
  package static func text(
    stage: String, axes: [PlannedAxis], values: [ParameterValue]
  ) -> String {
    var text = stage
    for (index, axis) in axes.enumerated() {
      text += index == 0 ? "@" : ","
      text += axis.name
      text += "="
      text += encoded(plain(values[index]))
    }
    return text
  }

  /// A value as text for paths, arguments and environment variables: strings as they are, whole
  /// numbers without fraction (`1`, also for `1.0`), other numbers in shortest form.
  package static func plain(_ value: ParameterValue) -> String {
    switch value {
    case .string(let text): text
    case .integer(let number): String(number)
    case .number(let number):
      if number == number.rounded(.towardZero), abs(number) < 9_007_199_254_740_992 {
        String(Int64(number))
      } else {
        number.description
      }
    case .boolean(let flag): flag ? "true" : "false"
    case .null, .list, .object: value.description
    }
  }

  /// `text` with every byte that a name cannot hold written in hexadecimal.
  package static func encoded(_ text: String) -> String {
    if text.utf8.allSatisfy(isPlain) { return text }
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if isPlain(byte) {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), hexadecimal(byte >> 4), hexadecimal(byte & 15)]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text that ``encoded(_:)`` made `name` from, or nil where that is no UTF-8.
  package static func decoded(_ name: String) -> String? {
    let source = Array(name.utf8)
    guard source.contains(UInt8(ascii: "%")) else { return name }
    var bytes: [UInt8] = []
    var index = 0
    while index < source.count {
      if source[index] == UInt8(ascii: "%"), index + 2 < source.count,
        let high = digit(source[index + 1]), let low = digit(source[index + 2])
      {
        bytes.append(high << 4 | low)
        index += 3
      } else {
        bytes.append(source[index])
        index += 1
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."),
      UInt8(ascii: "-"), UInt8(ascii: "+"):
      true
    default: false
    }
  }

  private static func hexadecimal(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
