import Primitives

/// The lines of comma-separated text that are not blank, with their numbers.
public final class CSVLines {
  private let stream: ByteStream
  private var buffer: ArraySlice<UInt8> = []
  private var isAtEnd = false
  /// The number of the line that `next` returned or refused, from 1.
  public private(set) var number = 0

  /// The limit on the length of a line, in bytes.
  public static let longestLine = 1 << 17
  private static let pieceSize = 1 << 16
  private static let newline = UInt8(ascii: "\n")

  /// Creates a reader of a text.
  public init(_ stream: ByteStream) {
    self.stream = stream
  }

  /// Returns the next line that is not blank, without its terminator; nil at the end.
  public func next() throws(FormatError<CSVFault>) -> ArraySlice<UInt8>? {
    while let line = try nextLine() {
      if line.contains(where: { !" \t".utf8.contains($0) }) { return line }
    }
    return nil
  }

  private func nextLine() throws(FormatError<CSVFault>) -> ArraySlice<UInt8>? {
    var searched = 0
    while true {
      if let end = buffer.dropFirst(searched).firstIndex(of: Self.newline) {
        let line = buffer[..<end]
        buffer = buffer[(end + 1)...]
        return try numbered(line)
      }
      searched = buffer.count
      guard !isAtEnd else {
        guard !buffer.isEmpty else { return nil }
        defer { buffer = [] }
        return try numbered(buffer)
      }
      guard searched <= Self.longestLine else {
        number += 1
        throw tooLong()
      }
      let piece = try stream.read(upTo: Self.pieceSize, faults: CSVFault.self)
      isAtEnd = piece.count < Self.pieceSize
      buffer = (Array(buffer) + piece)[...]
    }
  }

  private func numbered(_ line: ArraySlice<UInt8>) throws(FormatError<CSVFault>) -> ArraySlice<UInt8> {
    number += 1
    guard line.count <= Self.longestLine else { throw tooLong() }
    let withoutReturn = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    // A byte order mark, as spreadsheets write.
    return number == 1 && withoutReturn.starts(with: [0xEF, 0xBB, 0xBF])
      ? withoutReturn.dropFirst(3) : withoutReturn
  }

  /// The error for a fault of this text.
  public func fail(_ fault: CSVFault) -> FormatError<CSVFault> { .invalid(path: stream.path, fault) }

  private func tooLong() -> FormatError<CSVFault> {
    fail(.lineTooLong(limit: Self.longestLine))
  }

  /// The fields of a line, without surrounding white space and quotes.
  public static func fields(of line: ArraySlice<UInt8>) throws(CSVFault) -> [String] {
    let (comma, quote) = (UInt8(ascii: ","), UInt8(ascii: "\""))
    guard line.contains(quote) else {
      return line.split(separator: comma, omittingEmptySubsequences: false).map(trimmed)
    }
    var fields: [String] = []
    var rest = line
    while true {
      var field = rest.prefix { $0 != comma }
      if trimmedBytes(field).first == quote {
        let start = rest.drop { " \t".utf8.contains($0) }.dropFirst()
        guard let end = start.firstIndex(of: quote) else { throw .malformedQuotes }
        field = start[..<end]
        rest = start[(end + 1)...].drop { " \t".utf8.contains($0) }
        guard rest.first == comma || rest.isEmpty else { throw .malformedQuotes }
      } else {
        rest = rest.dropFirst(field.count)
      }
      fields.append(trimmed(field))
      guard !rest.isEmpty else { return fields }
      rest = rest.dropFirst()
    }
  }

  private static func trimmedBytes(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var trimmed = bytes.drop { " \t".utf8.contains($0) }
    while let last = trimmed.last, " \t".utf8.contains(last) { trimmed.removeLast() }
    return trimmed
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: trimmedBytes(bytes), as: UTF8.self)
  }
}

/// A fault of comma-separated text.
public enum CSVFault: Error, Sendable, Equatable {
  /// A quoted field does not end on its line or continues after the quote.
  case malformedQuotes
  /// The line is longer than the limit, in bytes.
  case lineTooLong(limit: Int)
}

extension CSVFault: CustomStringConvertible {
  /// A short message.
  public var description: String {
    switch self {
    case .malformedQuotes: "a quoted field does not end"
    case .lineTooLong(let limit): "the line is longer than \(limit) bytes"
    }
  }
}
