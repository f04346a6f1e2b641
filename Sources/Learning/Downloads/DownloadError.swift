import Primitives

/// A failure to download a set.
public enum DownloadError: Error, Sendable, Equatable {
  /// No mirror delivered the file; the failed URLs in the order in which they were tried.
  case noMirrorHasIt(file: String, [FailedDownload])
  /// The folder or a file in it cannot be created, read or written.
  case file(FileError)
  /// Another process has been fetching the same file for too long.
  case busy(path: String)
  /// libcurl is not installed.
  case noLibrary
  /// The caller cancelled. The bytes received are kept, and the next download resumes from them.
  case cancelled
}

/// A URL that did not deliver its file.
public struct FailedDownload: Sendable, Equatable {
  /// The URL.
  public let url: String
  /// The fault.
  public let fault: DownloadFault

  /// Creates a failure of `url`.
  public init(url: String, fault: DownloadFault) {
    self.url = url
    self.fault = fault
  }
}

/// A fault of a server's response or of the connection.
public enum DownloadFault: Error, Sendable, Equatable {
  /// The server's status is not one of success.
  case status(Int)
  /// The announced length differs from the file's.
  case announcedLength(Int, expected: Int)
  /// The body is longer than the file; the rest was not read.
  case tooLong(expected: Int)
  /// The body ended early.
  case tooShort(received: Int, expected: Int)
  /// The server sent another range than requested.
  case wrongRange(String)
  /// The contents do not have the file's hash.
  case wrongHash(String)
  /// No data arrived for this time.
  case stalled(Duration)
  /// The transfer was not finished within this time.
  case tooSlow(Duration)
  /// The host has no address.
  case unknownHost
  /// The connection failed, with libcurl's message.
  case noConnection(String)
  /// The connection broke, with libcurl's message.
  case brokenConnection(String)
  /// A redirect leads to a forbidden protocol, such as from https to http.
  case forbiddenRedirect
  /// The server's certificate is not trusted, with libcurl's message.
  case untrusted(String)
  /// Another failure, with libcurl's message.
  case other(String)
}

extension DownloadError: CustomStringConvertible {
  /// The error message, without control characters; one line, and one for each URL.
  public var description: String {
    switch self {
    case .noMirrorHasIt(let file, let failures):
      failures.reduce("\(file.printable) could not be fetched:") { text, failure in
        "\(text)\n  \(failure.url.printable): \(failure.fault)"
      }
    case .file(let error):
      error.description
    case .busy(let path):
      "\(path.printable): timed out waiting for another process that fetches it"
    case .noLibrary:
      "libcurl, which fetches the files, is missing; install it (on Debian and Ubuntu: the package libcurl4)"
    case .cancelled:
      "stopped before the end"
    }
  }
}

extension DownloadError {
  /// A one-line message with the fault of the last URL.
  ///
  /// - Parameter hint: An alternative; it stands before the reason, which may be long.
  public func summary(hint: String? = nil) -> String {
    let remark = hint.map { " (\($0))" } ?? ""
    guard case .noMirrorHasIt(let file, let failures) = self, let last = failures.last else {
      return description + remark
    }
    return "\(file.printable) could not be fetched\(remark): \(last.fault)"
  }
}

extension DownloadFault: CustomStringConvertible {
  /// A message to follow the URL and a colon.
  public var description: String {
    switch self {
    case .status(let status): "the server answers \(status)\(Self.meaning(of: status))"
    case .announcedLength(let found, let expected):
      "the server has \(found) bytes where the file has \(expected)"
    case .tooLong(let expected): "more than the file's \(expected) bytes"
    case .tooShort(let received, let expected): "only \(received) of \(expected) bytes received"
    case .wrongRange(let text): "the server sent the wrong byte range: \(text.printable)"
    case .wrongHash(let hash): "wrong contents (SHA-256 \(hash.printable))"
    case .stalled(let limit): "no data for \(Self.text(limit))"
    case .tooSlow(let limit): "not finished after \(Self.text(limit))"
    case .unknownHost: "the host is not known; is there a network?"
    case .noConnection(let reason): "no connection: \(reason.printable)"
    case .brokenConnection(let reason): "the connection broke: \(reason.printable)"
    case .forbiddenRedirect: "a redirect from https to another protocol, which is not followed"
    case .untrusted(let reason): "no trusted connection: \(reason.printable)"
    case .other(let reason): reason.printable
    }
  }

  private static func meaning(of status: Int) -> String {
    switch status {
    case 403: " (forbidden)"
    case 404: " (not found)"
    case 429: " (too many requests)"
    case 500: " (internal error)"
    case 503: " (unavailable)"
    default: ""
    }
  }

  private static func text(_ limit: Duration) -> String {
    let seconds = limit / .seconds(1)
    return seconds == seconds.rounded() ? "\(Int64(seconds)) s" : "\(seconds) s"
  }
}
