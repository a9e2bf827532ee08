/// Times and sizes as people write them.
enum Quantity {
  /// Seconds in `90s`, `10m`, `1h30m`, `2d`, `1.5h`; nil where it cannot be read or is not positive.
  static func seconds(_ text: String) -> Double? {
    let units: [Character: Double] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
    var total = 0.0
    var digits = ""
    var smallest = Double.infinity
    for character in text where character != " " {
      if character.isASCII, character.isNumber || character == "." {
        digits.append(character)
      } else if let unit = units[character], let number = number(digits), unit < smallest {
        total += number * unit
        smallest = unit
        digits = ""
      } else {
        return nil
      }
    }
    return digits.isEmpty && total > 0 && total.isFinite ? total : nil
  }

  /// Bytes in `512MB`, `2GB`, `1.5GiB`; nil where it cannot be read or does not fit.
  static func bytes(_ text: String) -> Int? {
    let units: [(String, Double)] = [
      ("KiB", 1024), ("MiB", 1_048_576), ("GiB", 1_073_741_824), ("TiB", 1_099_511_627_776),
      ("kB", 1e3), ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12), ("B", 1),
    ]
    for (unit, factor) in units where text.hasSuffix(unit) {
      let digits = String(text.dropLast(unit.count)).filter { $0 != " " }
      guard let number = number(digits), number > 0, number * factor < 1e18 else { return nil }
      return Int((number * factor).rounded())
    }
    return nil
  }

  private static func number(_ digits: String) -> Double? {
    guard let first = digits.utf8.first, first != UInt8(ascii: "."),
      digits.utf8.allSatisfy({ $0 == 0x2E || (0x30...0x39).contains($0) })
    else { return nil }
    return Double(digits)
  }
}
