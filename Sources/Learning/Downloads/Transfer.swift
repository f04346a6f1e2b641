import CCurl

/// Timeouts of a download.
public struct DownloadLimits: Sendable {
  /// The longest time without data.
  public var stall: Duration
  /// The longest time for one file from one mirror. The bytes received until then are kept.
  public var transfer: Duration

  /// Creates timeouts; the defaults suit home networks.
  public init(stall: Duration = .seconds(20), transfer: Duration = .seconds(600)) {
    self.stall = stall
    self.transfer = transfer
  }
}

/// A request for a file or the rest of it, on the calling thread.
struct Transfer {
  /// The reason for which a request failed.
  enum Failure: Error {
    case response(HTTPResponse.Refusal)
    case cancelled
  }

  let url: String
  /// Allows an http address.
  let allowsHTTP: Bool
  /// Allows redirects to http.
  let allowsRedirectToHTTP: Bool
  let limits: DownloadLimits
  /// A file of certificate authorities that replaces the system's.
  let authorities: String?

  /// Requests the bytes from `offset` on and passes them to `response`. `tick` is called at least ten times a
  /// second; returning false cancels the transfer.
  func run(from offset: Int, to response: HTTPResponse, tick: () -> Bool) throws(Failure) {
    guard let transfer = begin(from: offset, to: response) else {
      throw Self.failure(.other("out of memory"))
    }
    defer { curl_end(transfer) }
    let start = SuspendingClock.now
    var lastArrival = start
    var arrivals = 0
    while true {
      let outcome = withExtendedLifetime(response) { curl_step(transfer, 100) }
      guard outcome == CURL_RUNNING else {
        return try finish(response, outcome, String(cString: curl_message(transfer)))
      }
      let now = SuspendingClock.now
      if response.arrivals != arrivals {
        (arrivals, lastArrival) = (response.arrivals, now)
      }
      guard tick() else { throw .cancelled }
      if now - lastArrival >= limits.stall { throw Self.failure(.stalled(limits.stall)) }
      if now - start >= limits.transfer { throw Self.failure(.tooSlow(limits.transfer)) }
    }
  }

  private func begin(from offset: Int, to response: HTTPResponse) -> OpaquePointer? {
    var request = curl_request()
    request.offset = Int64(offset)
    request.allows_http = allowsHTTP
    request.allows_redirect_to_http = allowsRedirectToHTTP
    request.context = Unmanaged.passUnretained(response).toOpaque()
    request.receive_header_line = { bytes, count, context in
      withReceived(bytes, count, context) { $0.receiveHeader($1) }
    }
    request.receive_body = { bytes, count, context in
      withReceived(bytes, count, context) { $0.receiveBody($1) }
    }
    return url.withCString { url in
      "latent-explorer".withCString { agent in
        withOptionalCString(authorities) { authorities in
          (request.url, request.agent, request.authorities) = (url, agent, authorities)
          return curl_begin(&request)
        }
      }
    }
  }

  private func finish(_ response: HTTPResponse, _ outcome: curl_outcome, _ message: String) throws(Failure) {
    if let refusal = response.refusal { throw .response(refusal) }
    switch outcome {
    // The caller detects a body that is too short.
    case CURL_DONE, CURL_CUT_SHORT:
      do throws(HTTPResponse.Refusal) { try response.finish() } catch { throw .response(error) }
    case CURL_UNKNOWN_HOST: throw Self.failure(.unknownHost)
    case CURL_NO_CONNECTION: throw Self.failure(.noConnection(message))
    case CURL_BROKEN_CONNECTION: throw Self.failure(.brokenConnection(message))
    case CURL_FORBIDDEN_PROTOCOL where (300..<400).contains(response.status):
      throw Self.failure(.forbiddenRedirect)
    case CURL_UNTRUSTED: throw Self.failure(.untrusted(message))
    default: throw Self.failure(.other(message))
    }
  }

  private static func failure(_ fault: DownloadFault) -> Failure { .response(.server(fault)) }
}

/// Passes bytes from libcurl to the response of the request.
private func withReceived(
  _ bytes: UnsafePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?,
  _ body: (HTTPResponse, RawSpan) -> Bool
) -> Bool {
  guard let context else { return false }
  let response = Unmanaged<HTTPResponse>.fromOpaque(context).takeUnretainedValue()
  return body(response, UnsafeRawBufferPointer(start: bytes, count: count).bytes)
}

private func withOptionalCString<Result>(
  _ text: String?, _ body: (UnsafePointer<CChar>?) -> Result
) -> Result {
  guard let text else { return body(nil) }
  return text.withCString { body($0) }
}
