import CCurl

/// One GET request, performed by libcurl on the calling thread.
struct HTTPRequest {
  /// Status and fields of the response; names of fields in lower case.
  struct Head {
    var status = 0
    var fields: [String: String] = [:]
  }

  var url: String
  /// Further header lines (`Range: bytes=5-`).
  var headers: [String] = []
  var limits: TransferLimits

  /// Performs the request; `receive` gets the head, at once with no bytes, then each piece of the body.
  ///
  /// - Parameters:
  ///   - cancellation: ends the transfer within a second once it is set.
  ///   - receive: an error from it ends the transfer and is thrown on.
  /// - Throws: ``DatasetError``, `CancellationError`, and what `receive` throws.
  /// - Returns: the head of the last response.
  func perform(
    cancellation: CancellationFlag,
    receive: (_ head: Head, _ bytes: UnsafeRawBufferPointer) throws -> Void
  ) throws -> Head {
    try withoutActuallyEscaping(receive) { receive in
      let listener = HTTPListener(cancellation: cancellation, receive: receive)
      let outcome = withExtendedLifetime(listener) { exchange(with: listener) }
      if cancellation.isCancelled { throw CancellationError() }
      if let error = listener.error { throw error }
      try check(outcome)
      return listener.head
    }
  }

  private func check(_ outcome: ccurl_outcome) throws(DatasetError) {
    switch Int(outcome.code) {
    case 0: return
    case CCURL_NOT_INSTALLED: throw .noHTTP(outcome.text)
    case CCURL_HTTP_ERROR: throw .status(outcome.status, url: url)
    case CCURL_PARTIAL_FILE, CCURL_RECEIVE_ERROR:
      throw .transfer(outcome.text, url: url, isCut: true)
    default: throw .transfer(outcome.text, url: url, isCut: false)
    }
  }

  private func exchange(with listener: HTTPListener) -> ccurl_outcome {
    var outcome = ccurl_outcome()
    withCStrings(headers) { lines in
      url.withCString { url in
        var request = ccurl_request()
        request.url = url
        request.headers = lines
        request.connect_timeout_ms = limits.connectSeconds * 1000
        request.stall_bytes_per_second = limits.stallBytesPerSecond
        request.stall_seconds = limits.stallSeconds
        request.redirect_limit = limits.redirects
        request.listener = Unmanaged.passUnretained(listener).toOpaque()
        request.on_header = { HTTPListener.of($0)?.addHeader($1, $2) ?? 0 }
        request.on_body = { HTTPListener.of($0)?.addBody($1, $2) ?? 0 }
        request.on_tick = { HTTPListener.of($0)?.isOver == false ? 0 : 1 }
        ccurl_get(&request, &outcome)
      }
    }
    return outcome
  }
}

/// Calls `body` with `strings` as a list of C strings that ends with a null pointer.
private func withCStrings(
  _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Void
) {
  func add(_ rest: ArraySlice<String>, _ pointers: [UnsafePointer<CChar>?]) {
    guard let first = rest.first else { return body(pointers + [nil]) }
    first.withCString { add(rest.dropFirst(), pointers + [$0]) }
  }
  add(strings[...], [])
}

extension ccurl_outcome {
  fileprivate var text: String {
    withUnsafeBytes(of: message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
