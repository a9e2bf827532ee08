/// What libcurl's callbacks speak to: collects the head of a response and hands its body on.
final class HTTPListener {
  private(set) var head = HTTPRequest.Head()
  private(set) var error: (any Error)?
  private let cancellation: CancellationFlag
  private let receive: (HTTPRequest.Head, UnsafeRawBufferPointer) throws -> Void

  init(
    cancellation: CancellationFlag,
    receive: @escaping (HTTPRequest.Head, UnsafeRawBufferPointer) throws -> Void
  ) {
    self.cancellation = cancellation
    self.receive = receive
  }

  /// The listener behind the pointer that was given to libcurl.
  static func of(_ pointer: UnsafeMutableRawPointer?) -> HTTPListener? {
    pointer.map { Unmanaged<HTTPListener>.fromOpaque($0).takeUnretainedValue() }
  }

  var isOver: Bool { cancellation.isCancelled || error != nil }

  /// Takes a header line; a result other than `count` ends the transfer.
  func addHeader(_ bytes: UnsafePointer<CChar>?, _ count: Int) -> Int {
    let line = String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
      .trimming
    if line.isEmpty {
      let hasBody = (200..<300).contains(head.status)
      return !hasBody || deliver(UnsafeRawBufferPointer(start: nil, count: 0)) ? count : 0
    }
    if line.hasPrefix("HTTP/") {
      // A response after a redirect, or after "100 Continue", begins anew.
      head = HTTPRequest.Head(
        status: line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0)
    } else if let colon = line.firstIndex(of: ":") {
      head.fields[line[..<colon].lowercased()] = String(line[line.index(after: colon)...]).trimming
    }
    return count
  }

  /// Takes a piece of the body; a result other than `count` ends the transfer.
  func addBody(_ bytes: UnsafePointer<CChar>?, _ count: Int) -> Int {
    deliver(UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
  }

  /// Hands `bytes` on; false when the transfer must end.
  private func deliver(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if isOver { return false }
    do {
      try receive(head, bytes)
      return true
    } catch {
      self.error = error
      return false
    }
  }
}

extension String {
  fileprivate var trimming: String {
    let isSpace = { (character: Character) in character.isWhitespace }
    return String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
  }
}
