/// A reader of GIF files that knows nothing of the writer: it follows the specification and stops where the
/// file breaks it.
struct GIFReader {
  struct Frame {
    var delay: Int
    /// Red, green and blue of each pixel.
    var pixels: [UInt8]
  }

  enum Fault: Error { case broken(String) }

  private(set) var width = 0, height = 0
  /// The number of repetitions; 0 means endless.
  private(set) var repetitions: Int?
  private(set) var frames: [Frame] = []
  private var rest: ArraySlice<UInt8>
  private var palette: [[UInt8]] = []

  init(_ file: [UInt8]) throws {
    rest = file[...]
    guard try readBytes(6) == Array("GIF89a".utf8) else { throw Fault.broken("signature") }
    (width, height) = (try number(), try number())
    let flags = try readBytes(3)[0]
    guard flags & 0x80 != 0 else { throw Fault.broken("no palette") }
    palette = try (0..<(2 << Int(flags & 7))).map { _ in try readBytes(3) }
    var delay = 0
    while true {
      switch try readBytes(1)[0] {
      case 0x21: try readExtension(&delay)
      case 0x2C: try readFrame(delay)
      case 0x3B:
        guard rest.isEmpty else { throw Fault.broken("more after the end") }
        return
      default: throw Fault.broken("block")
      }
    }
  }

  private mutating func readBytes(_ count: Int) throws -> [UInt8] {
    guard rest.count >= count else { throw Fault.broken("cut off") }
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }

  private mutating func number() throws -> Int {
    let bytes = try readBytes(2)
    return Int(bytes[0]) | Int(bytes[1]) << 8
  }

  private mutating func blocks() throws -> [UInt8] {
    var bytes: [UInt8] = []
    while case let count = Int(try readBytes(1)[0]), count > 0 { bytes += try readBytes(count) }
    return bytes
  }

  private mutating func readExtension(_ delay: inout Int) throws {
    let kind = try readBytes(1)[0]
    let bytes = try blocks()
    switch kind {
    case 0xF9:
      guard bytes.count == 4, bytes[0] & 1 == 0 else { throw Fault.broken("control") }
      delay = Int(bytes[1]) | Int(bytes[2]) << 8
    case 0xFF:
      guard bytes.count == 14, bytes.starts(with: Array("NETSCAPE2.0".utf8) + [1]) else {
        throw Fault.broken("application")
      }
      repetitions = Int(bytes[12]) | Int(bytes[13]) << 8
    default: throw Fault.broken("extension")
    }
  }

  private mutating func readFrame(_ delay: Int) throws {
    let place = [try number(), try number(), try number(), try number()]
    guard place == [0, 0, width, height], try readBytes(1)[0] == 0 else { throw Fault.broken("place") }
    let bits = Int(try readBytes(1)[0])
    let positions = try Self.inflate(try blocks(), bits: bits)
    guard positions.count == width * height else { throw Fault.broken("\(positions.count) pixels") }
    frames.append(Frame(delay: delay, pixels: positions.flatMap { palette[Int($0)] }))
  }

  /// Strings by code: the first ones are single bytes, each later one is the string before it and a byte.
  private static func inflate(_ data: [UInt8], bits: Int) throws -> [UInt8] {
    let (clear, end) = (1 << bits, (1 << bits) + 1)
    let start: [[UInt8]] = (0..<clear).map { [UInt8($0)] } + [[], []]
    var (strings, output, previous): ([[UInt8]], [UInt8], [UInt8]) = (start, [], [])
    var (width, position) = (bits + 1, 0)
    while true {
      guard position + width <= 8 * data.count else { throw Fault.broken("no end code") }
      let code = (0..<width).reduce(0) { sum, bit in
        sum | Int(data[(position + bit) / 8] >> ((position + bit) % 8) & 1) << bit
      }
      position += width
      if code == end {
        guard 8 * data.count - position < 8 else { throw Fault.broken("bytes after the end code") }
        return output
      }
      if code == clear {
        (strings, previous, width) = (start, [], bits + 1)
        continue
      }
      guard code < strings.count || (code == strings.count && !previous.isEmpty) else {
        throw Fault.broken("code \(code) of \(strings.count)")
      }
      let string = code < strings.count ? strings[code] : previous + [previous[0]]
      if !previous.isEmpty, strings.count < 4096 { strings.append(previous + [string[0]]) }
      if strings.count == 1 << width, width < 12 { width += 1 }
      output += string
      previous = string
    }
  }
}
