extension CSVTable {
  /// The texts of a column.
  package func strings(_ name: String) throws(CSVError) -> [String] {
    try values(name, expected: "text") { $0 }
  }

  /// The integers of a column.
  package func integers(_ name: String) throws(CSVError) -> [Int] {
    try values(name, expected: "an integer") { Self.integer($0) }
  }

  /// The numbers of a column; `nan`, `inf` and `-inf` are numbers.
  package func doubles(_ name: String) throws(CSVError) -> [Double] {
    try values(name, expected: "a number") { Self.double($0) }
  }

  /// The numbers of a column in which a cell may be empty.
  package func optionalDoubles(_ name: String) throws(CSVError) -> [Double?] {
    try values(name, expected: "a number or nothing") { (text: String) -> Double?? in
      if text.isEmpty { return .some(nil) }
      return Self.double(text).map { $0 }
    }
  }

  private static func integer(_ text: String) -> Int? {
    text.utf8.first == UInt8(ascii: "+") ? nil : Int(text)
  }

  /// Decimal notation only: what `Double.init` takes beyond it (hexadecimal, payloads) is refused.
  private static func double(_ text: String) -> Double? {
    if ["nan", "inf", "-inf"].contains(text) { return Double(text) }
    let digits = text.utf8.allSatisfy {
      (0x30...0x39).contains($0) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0)
    }
    return digits ? Double(text) : nil
  }
}
