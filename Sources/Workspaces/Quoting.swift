/// A name as people should see it: in quotes, with control characters and broken UTF-8 as escapes.
func quoted(_ bytes: some Sequence<UInt8>) -> String {
  let bytes = Array(bytes)
  var text = "'"
  if let valid = String(validating: bytes, as: UTF8.self) {
    for scalar in valid.unicodeScalars {
      switch scalar {
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\\": text += "\\\\"
      case _ where scalar.value < 32 || (127...159).contains(scalar.value):
        text += "\\u{\(String(scalar.value, radix: 16))}"
      default: text.unicodeScalars.append(scalar)
      }
    }
  } else {
    for byte in bytes {
      if (32..<127).contains(byte), byte != UInt8(ascii: "\\") {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "\\x\(byte < 16 ? "0" : "")\(String(byte, radix: 16))"
      }
    }
  }
  return text + "'"
}

func quoted(_ text: String) -> String { quoted(text.utf8) }
