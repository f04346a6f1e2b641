import Primitives

/// Receives the response to a request for a file or the rest of it, validates its header, and appends the
/// body to the partial file.
final class HTTPResponse {
  /// The reason for which the response was not received to its end.
  enum Refusal: Error {
    case server(DownloadFault)
    case disk(FileError)
  }

  /// The refusal, after a receiver has returned false.
  private(set) var refusal: Refusal?
  /// The status of the last header, 0 before the first.
  private(set) var status = 0
  /// The number of calls of the receivers.
  private(set) var arrivals = 0

  private let file: RemoteFile
  private let partial: PartialFile
  private let offset: Int
  private var length: Int?
  private var range: String?
  private var isValidated = false

  /// Creates a response with the bytes of `file` from `offset` on.
  init(for file: RemoteFile, from offset: Int, into partial: PartialFile) {
    self.file = file
    self.offset = offset
    self.partial = partial
  }

  /// Receives a header line; returns false to abort.
  func receiveHeader(_ line: RawSpan) -> Bool {
    arrivals += 1
    let text = line.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    if text.hasPrefix("HTTP/") {
      // The status line of a redirect or of the final response.
      status = text.split(separator: " ").dropFirst().first.flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
      (length, range) = (nil, nil)
    } else if let colon = text.firstIndex(of: ":") {
      let value = text[colon...].dropFirst().filter { !$0.isNewline }.drop { $0 == " " }
      switch text[..<colon].lowercased() {
      case "content-length": length = Int(value)
      case "content-range": range = String(value)
      default: break
      }
    }
    return true
  }

  /// Receives a part of the body; returns false where it is not wanted or cannot be written.
  func receiveBody(_ bytes: RawSpan) -> Bool {
    arrivals += 1
    return recordingRefusal { () throws(Refusal) in
      try validateHeader()
      let wanted = min(bytes.byteCount, file.size - partial.count)
      do throws(FileError) {
        try partial.append(bytes.extracting(0..<wanted))
      } catch {
        throw .disk(error)
      }
      if wanted < bytes.byteCount { throw .server(.tooLong(expected: file.size)) }
    }
  }

  /// Validates a response without a body, too.
  func finish() throws(Refusal) { try validateHeader() }

  /// Checks that the header is that of the file or of the requested rest; a whole file replaces the bytes
  /// received before.
  private func validateHeader() throws(Refusal) {
    guard !isValidated else { return }
    isValidated = true
    switch status {
    case 200:
      if let length, length != file.size {
        throw .server(.announcedLength(length, expected: file.size))
      }
      do throws(FileError) { try partial.clear() } catch { throw .disk(error) }
    case 206 where offset > 0:
      let bounds = "bytes \(offset)-\(file.size - 1)/"
      guard let range, [bounds + "\(file.size)", bounds + "*"].contains(range.lowercased()) else {
        throw .server(.wrongRange(range ?? "none named"))
      }
    default:
      throw .server(.status(status))
    }
  }

  private func recordingRefusal(_ body: () throws(Refusal) -> Void) -> Bool {
    do throws(Refusal) {
      try body()
      return true
    } catch {
      refusal = error
      return false
    }
  }
}
