import CZlib

/// Inflates `bytes` into at most `limit` bytes.
package enum Inflate {
  package enum Form: Int32 {
    /// Gzip members, each with its check sum.
    case gzip = 31
    /// Bare deflate data, as in a zip archive.
    case raw = -15
  }

  package enum Failure: Error {
    case tooLarge
    case truncated
    case damaged(String)
  }

  /// The inflated content; all of `bytes` must belong to it.
  package static func content(
    of bytes: [UInt8], form: Form, limit: Int
  ) throws(Failure) -> [UInt8] {
    var stream = z_stream()
    let version = String(cString: zlibVersion())
    guard
      inflateInit2_(&stream, form.rawValue, version, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw .damaged("zlib can't be started") }
    defer { inflateEnd(&stream) }
    var content: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    var consumed = 0
    while true {
      let step = advance(&stream, bytes, &consumed, &buffer)
      guard step.produced <= limit - content.count else { throw .tooLarge }
      content += buffer[0..<step.produced]
      switch step.status {
      case Z_STREAM_END:
        if consumed == bytes.count { return content }
        guard form == .gzip, inflateReset(&stream) == Z_OK else {
          throw .damaged("something follows the compressed data")
        }
      case Z_OK: continue
      case Z_BUF_ERROR where consumed == bytes.count: throw .truncated
      default: throw .damaged(stream.msg.map { String(cString: $0) } ?? "zlib \(step.status)")
      }
    }
  }

  /// One call of zlib: fills `buffer` from the bytes after `consumed`.
  private static func advance(
    _ stream: inout z_stream, _ bytes: [UInt8], _ consumed: inout Int, _ buffer: inout [UInt8]
  ) -> (status: Int32, produced: Int) {
    bytes.withUnsafeBufferPointer { input in
      buffer.withUnsafeMutableBufferPointer { output in
        let offered = min(input.count - consumed, 1 << 30)
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress?.advanced(by: consumed))
        stream.avail_in = UInt32(offered)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        let status = inflate(&stream, Z_NO_FLUSH)
        consumed += offered - Int(stream.avail_in)
        return (status, output.count - Int(stream.avail_out))
      }
    }
  }
}
