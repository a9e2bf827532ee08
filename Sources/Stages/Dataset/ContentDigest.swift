import Crypto
import Foundation

/// SHA-256 of `content` as 64 hexadecimal digits in lower case.
package func contentDigest(_ content: [UInt8]) -> String {
  SHA256.hash(data: content).map { byte in
    let digits = String(byte, radix: 16)
    return digits.count == 1 ? "0" + digits : digits
  }.joined()
}
