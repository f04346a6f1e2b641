import Primitives

/// A sequential reader of a table of numbers in text, plain or gzip: one row a line, fields between commas, semicolons
/// or white space.
///
/// The first line may hold names. Blank lines and lines that begin with `#` are skipped; fields may be quoted.
public final class NumberRows {
  /// The names in the first line; nil where it holds numbers.
  public private(set) var names: [String]?
  /// The number of columns.
  public private(set) var columns = 0
  /// The number of the last line that was read, from 1.
  public var line: Int { text.line }
  /// The source's name in error messages.
  public let path: String

  private let text: TextLines
  private let separator: FieldSeparator
  /// The first row, which was read to count the columns.
  private var first: Range<Int>?

  /// Reads the first line.
  ///
  /// - Parameter sizeLimit: the limit on a compressed file's size, in bytes.
  public init(_ stream: ByteStream, sizeLimit: Int) throws(FormatError<TableFault>) {
    path = stream.path
    text = try TextLines(stream, sizeLimit: sizeLimit)
    guard let range = try text.next() else { throw .invalid(path: stream.path, .noRows) }
    try Self.refuseOtherFormats(text.bytes[range], path: stream.path)
    separator = FieldSeparator(of: text.bytes[range])
    let fields = separator.fields(of: text.bytes[range])
    columns = fields.count
    if Self.areNames(fields) {
      names = fields
    } else {
      first = range
    }
  }

  /// Tells whether fields are names of columns: most of them are no numbers, or the first or the last, which may
  /// name the labels of numbered columns. A single other field is rather a damaged number.
  private static func areNames(_ fields: [String]) -> Bool {
    let areWords = fields.map { NumberField.number(Array($0.utf8)) == nil }
    return areWords.first == true || areWords.last == true || 2 * areWords.count(where: \.self) > fields.count
  }

  /// Replaces `row` by the numbers of the next row; false after the last.
  public func next(_ row: inout [Float]) throws(FormatError<TableFault>) -> Bool {
    row.removeAll(keepingCapacity: true)
    let pending = first
    first = nil
    let next: Range<Int>?
    if let pending { next = pending } else { next = try text.next() }
    guard let range = next else { return false }
    do { try read(range, into: &row) } catch { throw .invalid(path: path, error) }
    return true
  }

  private func read(_ range: Range<Int>, into row: inout [Float]) throws(TableFault) {
    let bytes = text.bytes
    var place = range.lowerBound
    while true {
      place = separator.skipPadding(bytes, place, range.upperBound)
      if separator == .space, place == range.upperBound, !row.isEmpty { break }
      let start = place
      guard let number = NumberField.number(bytes, &place, range.upperBound, separator: separator) else {
        let end = bytes[start..<range.upperBound].firstIndex(where: separator.separates) ?? range.upperBound
        let field = String(decoding: bytes[start..<min(end, start + 40)], as: UTF8.self)
        throw .notNumber(line: line, column: row.count + 1, field: field)
      }
      row.append(number)
      guard place < range.upperBound else { break }
      place += 1
      guard row.count <= columns else { break }
    }
    guard row.count == columns else {
      let found = row.count > columns ? separator.fields(of: bytes[range]).count : row.count
      throw .wrongColumnCount(line: line, found: found, expected: columns)
    }
  }

  private static func refuseOtherFormats(
    _ line: ArraySlice<UInt8>, path: String
  ) throws(FormatError<TableFault>) {
    guard !line.contains(0) else { throw .invalid(path: path, .notText) }
    if line.first == UInt8(ascii: "@") || line.first == UInt8(ascii: "%") {
      throw .invalid(path: path, .arff)
    }
    // A label, then pairs of a column and its value.
    let fields = line.split { " \t".utf8.contains($0) }
    guard fields.count >= 2, fields[1].contains(UInt8(ascii: ":")) else { return }
    let parts = fields[1].split(separator: UInt8(ascii: ":"))
    if parts.count == 2, parts.allSatisfy({ NumberField.number(Array($0)) != nil }) {
      throw .invalid(path: path, .libsvm)
    }
  }
}

/// The separator of a table's fields.
enum FieldSeparator {
  case comma, semicolon, space

  init(of line: ArraySlice<UInt8>) {
    self =
      line.contains(UInt8(ascii: ",")) ? .comma : line.contains(UInt8(ascii: ";")) ? .semicolon : .space
  }

  func separates(_ byte: UInt8) -> Bool {
    switch self {
    case .comma: byte == UInt8(ascii: ",")
    case .semicolon: byte == UInt8(ascii: ";")
    case .space: byte == 0x20 || byte == 0x09
    }
  }

  /// The first place from `place` on that is no white space.
  func skipPadding(_ bytes: [UInt8], _ place: Int, _ end: Int) -> Int {
    var place = place
    while place < end, bytes[place] == 0x20 || bytes[place] == 0x09 { place += 1 }
    return place
  }

  /// The fields of a line, without quotes and the white space around them.
  func fields(of line: ArraySlice<UInt8>) -> [String] {
    line.split(omittingEmptySubsequences: self == .space, whereSeparator: separates).map { field in
      let unwanted: [UInt8] = [0x20, 0x09, UInt8(ascii: "\""), UInt8(ascii: "'")]
      var field = field.drop(while: unwanted.contains)
      while let last = field.last, unwanted.contains(last) { field.removeLast() }
      return String(decoding: field, as: UTF8.self)
    }
  }
}

/// The numbers in fields: decimal, with a sign, a fraction and an exponent where there is one.
enum NumberField {
  /// The number that all of `text` is; nil for anything else.
  static func number(_ text: [UInt8]) -> Float? {
    var place = 0
    let number = number(text, &place, text.count, separator: .comma)
    return place == text.count ? number : nil
  }

  /// Reads the number at `place`, and moves `place` to the separator after it, or to `end`; nil for anything else.
  static func number(_ bytes: [UInt8], _ place: inout Int, _ end: Int, separator: FieldSeparator) -> Float? {
    let start = place
    var value = 0
    while place < end, bytes[place] &- zero < 10, place - start < 7 {
      value = 10 * value + Int(bytes[place] &- zero)
      place += 1
    }
    if place > start, place == end || separator.separates(bytes[place]) { return Float(value) }
    place = start
    return longNumber(bytes, &place, end, separator: separator)
  }

  private static let zero = UInt8(ascii: "0")

  private static func longNumber(
    _ bytes: [UInt8], _ place: inout Int, _ end: Int, separator: FieldSeparator
  ) -> Float? {
    var quote: UInt8?
    if place < end, bytes[place] == UInt8(ascii: "\"") || bytes[place] == UInt8(ascii: "'") {
      quote = bytes[place]
      place += 1
    }
    guard let number = decimal(bytes, &place, end) else { return nil }
    if let quote {
      guard place < end, bytes[place] == quote else { return nil }
      place += 1
    }
    let isSpaced = separator != .space
    while isSpaced, place < end, bytes[place] == 0x20 || bytes[place] == 0x09 { place += 1 }
    return place == end || separator.separates(bytes[place]) ? number : nil
  }

  /// Digits beyond the 17th do not count; the result is that of the decimal number to within 2⁻⁵².
  private static func decimal(_ bytes: [UInt8], _ place: inout Int, _ end: Int) -> Float? {
    let isNegative = place < end && bytes[place] == UInt8(ascii: "-")
    if isNegative || (place < end && bytes[place] == UInt8(ascii: "+")) { place += 1 }
    var (mantissa, exponent, digits, isFraction) = (0, 0, 0, false)
    while place < end {
      if bytes[place] == UInt8(ascii: "."), !isFraction {
        isFraction = true
      } else if bytes[place] &- zero < 10 {
        digits += 1
        let isCounted = mantissa < 10_000_000_000_000_000
        if isCounted { mantissa = 10 * mantissa + Int(bytes[place] - zero) }
        exponent += isCounted ? (isFraction ? -1 : 0) : (isFraction ? 0 : 1)
      } else {
        break
      }
      place += 1
    }
    guard digits > 0 else { return nil }
    if place < end, bytes[place] | 0x20 == UInt8(ascii: "e") {
      place += 1
      guard let power = wholeNumber(bytes, &place, end) else { return nil }
      exponent += power
    }
    let number = scaled(Double(mantissa), by: exponent)
    guard number.magnitude <= Double(Float.greatestFiniteMagnitude) else { return nil }
    return Float(isNegative ? -number : number)
  }

  /// The exponent after the letter.
  private static func wholeNumber(_ bytes: [UInt8], _ place: inout Int, _ end: Int) -> Int? {
    let isNegative = place < end && bytes[place] == UInt8(ascii: "-")
    if isNegative || (place < end && bytes[place] == UInt8(ascii: "+")) { place += 1 }
    let start = place
    var value = 0
    while place < end, bytes[place] &- zero < 10 {
      value = min(10 * value + Int(bytes[place] - zero), 100_000)
      place += 1
    }
    return place > start ? (isNegative ? -value : value) : nil
  }

  private static func scaled(_ number: Double, by exponent: Int) -> Double {
    guard number > 0 else { return 0 }
    var (number, left) = (number, min(abs(exponent), 700))
    while left > 0 {
      let step = min(left, 22)
      let power = powers[step]
      number = exponent < 0 ? number / power : number * power
      left -= step
    }
    return number
  }

  /// The powers of ten that are exact.
  private static let powers = (0...22).map { exponent in (0..<exponent).reduce(1.0) { power, _ in power * 10 }
  }
}
