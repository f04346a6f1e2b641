import Primitives

/// Why a set could not be fetched.
public enum DownloadError: Error, Sendable, Equatable {
  /// No mirror has given the file; each URL with its reason, in the order in which they were asked.
  case noMirrorHasIt(file: String, [FailedDownload])
  /// The folder or a file in it cannot be made, read or written.
  case file(FileError)
  /// Another process has been fetching the same file for too long.
  case busy(path: String)
  /// There is no libcurl on this machine.
  case noLibrary
  /// The caller wanted to stop. What has come so far is kept, and the next fetch goes on from there.
  case cancelled
}

/// One URL that did not give its file.
public struct FailedDownload: Sendable, Equatable {
  /// What was asked for.
  public let url: String
  /// Why it did not come.
  public let fault: DownloadFault

  /// A failure of `url`.
  public init(url: String, fault: DownloadFault) {
    self.url = url
    self.fault = fault
  }
}

/// What is wrong with one answer of a server, or with the way to it.
public enum DownloadFault: Error, Sendable, Equatable {
  /// The server's status is not that of a file.
  case status(Int)
  /// The server announces another length than the file has.
  case announcedLength(Int, expected: Int)
  /// The body is longer than the file; the rest was not read.
  case tooLong(expected: Int)
  /// The body ended early.
  case tooShort(received: Int, expected: Int)
  /// The server sent another part of the file than it was asked for.
  case wrongRange(String)
  /// The bytes are not those of the file.
  case wrongHash(String)
  /// Nothing has come for so long.
  case stalled(Duration)
  /// The transfer was not finished after so long.
  case tooSlow(Duration)
  /// The host has no address.
  case unknownHost
  /// The host does not answer, in the words of the library.
  case noConnection(String)
  /// The connection broke, in the words of the library.
  case brokenConnection(String)
  /// A redirect leads to a protocol that must not be taken, such as from https to http.
  case forbiddenRedirect
  /// The server's certificate is not to be trusted, in the words of the library.
  case untrusted(String)
  /// Something else, in the words of the library.
  case other(String)
}

extension DownloadError: CustomStringConvertible {
  /// A sentence for people, without control characters; on one line, but for a line for each URL.
  public var description: String {
    switch self {
    case .noMirrorHasIt(let file, let failures):
      failures.reduce("\(file.printable) could not be fetched:") { text, failure in
        "\(text)\n  \(failure.url.printable): \(failure.fault)"
      }
    case .file(let error):
      error.description
    case .busy(let path):
      "\(path.printable): another process has been fetching it for too long"
    case .noLibrary:
      "libcurl is missing, which does the fetching; install it (on Debian and Ubuntu: the package libcurl4)"
    case .cancelled:
      "stopped before the end"
    }
  }
}

extension DownloadError {
  /// A sentence for a single short line: what went wrong with the last URL, in place of all.
  public var summary: String {
    guard case .noMirrorHasIt(let file, let failures) = self, let last = failures.last else {
      return description
    }
    return "\(file.printable) could not be fetched: \(last.fault)"
  }
}

extension DownloadFault: CustomStringConvertible {
  /// What is wrong, in words that can follow the URL and a colon.
  public var description: String {
    switch self {
    case .status(let status): "the server answers \(status)\(Self.meaning(of: status))"
    case .announcedLength(let found, let expected):
      "the server has \(found) bytes where the file has \(expected)"
    case .tooLong(let expected): "more than the file's \(expected) bytes"
    case .tooShort(let received, let expected): "only \(received) of \(expected) bytes came"
    case .wrongRange(let text): "the server sent another part than the rest: \(text.printable)"
    case .wrongHash(let hash): "wrong contents (SHA-256 \(hash.printable))"
    case .stalled(let limit): "nothing came for \(Self.text(limit))"
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
