import PseudoTerminals
import Screen

@testable import NcursesTerminal

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The real terminal code between a pipe of keys and a virtual screen, without a device.
///
/// Frames arrive through a datagram socket, which keeps the writes apart, so that they can be counted.
final class OfflineTerminal {
  let terminal: NcursesTerminal
  private(set) var screen: VirtualScreen
  private(set) var writes: [Int] = []
  private(set) var written: [UInt8] = []
  private var keys: [Int32] = [-1, -1]
  private var frames: [Int32] = [-1, -1]

  init(
    width: Int = 20, height: Int = 6, environment: [String: String] = ["TERM": "xterm-256color"],
    colors: ColorDepth? = nil, isASCII: Bool = false, usesMouse: Bool = true,
    isDescribed: (String) -> Bool = { _ in true }
  ) throws {
    pipe(&keys)
    #if canImport(Darwin)
      let kind = SOCK_DGRAM
    #else
      let kind = Int32(SOCK_DGRAM.rawValue)
    #endif
    socketpair(AF_UNIX, kind, 0, &frames)
    _ = fcntl(frames[0], F_SETFL, O_NONBLOCK)
    screen = VirtualScreen(width: width, height: height)
    terminal = try NcursesTerminal(
      input: keys[0], output: frames[1], environment: environment, colors: colors,
      isASCII: isASCII, usesMouse: usesMouse, fallbackSize: Size(width: width, height: height),
      isDescribed: isDescribed)
  }

  deinit {
    terminal.close()
    (keys + frames).filter { $0 >= 0 }.forEach { _ = close($0) }
  }

  /// Shows a canvas and takes what was written for it.
  func present(_ canvas: Canvas) {
    terminal.present(canvas)
    receive()
  }

  func receive() {
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(frames[0], &buffer, buffer.count)
      guard count > 0 else { return }
      writes.append(count)
      written += buffer[..<count]
      screen.feed(Array(buffer[..<count]))
    }
  }

  func type(_ text: String) {
    type(Array(text.utf8))
  }

  func type(_ bytes: [UInt8]) {
    _ = bytes.withUnsafeBytes { write(keys[1], $0.baseAddress, $0.count) }
  }

  func endInput() {
    close(keys[1])
    keys[1] = -1
  }

  /// The events that arrive within one wait.
  func nextEvents() -> [TerminalEvent] {
    terminal.waitForEvents(timeout: .seconds(5))
  }

  /// The keys that arrive within one wait.
  func nextKeys() -> [Key] {
    nextEvents().compactMap { event in
      if case .key(let key) = event { key } else { nil }
    }
  }

  /// A colour as the virtual screen has it.
  static func number(_ color: TerminalColor) -> Int {
    switch color {
    case .palette(let number): Int(number)
    case .rgb(let red, let green, let blue):
      VirtualScreen.Look.truecolor + Int(red) << 16 + Int(green) << 8 + Int(blue)
    }
  }

  /// The foreground and the background of a cell of the virtual screen.
  static func colors(_ cell: VirtualScreen.Cell) -> ColorPair {
    func color(_ number: Int) -> TerminalColor {
      func byte(_ shift: Int) -> UInt8 { UInt8(number >> shift & 255) }
      return number < VirtualScreen.Look.truecolor ? .palette(byte(0)) : .rgb(byte(16), byte(8), byte(0))
    }
    return ColorPair(
      foreground: cell.look.foreground.map(color), background: cell.look.background.map(color))
  }

  /// The first cell that does not look as the canvas says, nil where all do.
  func firstDifference(from canvas: Canvas) -> String? {
    for row in 0..<canvas.size.height {
      for column in 0..<canvas.size.width {
        let cell = canvas[column, row]
        let look = cell.style.resolved(terminal.capabilities.colors)
        var expected = VirtualScreen.Cell(
          glyph: terminal.capabilities.unicode ? cell.glyph : Glyph.ascii(cell.glyph))
        expected.look.foreground = look.foreground.map(Self.number)
        expected.look.background = look.background.map(Self.number)
        expected.look.isBold = look.attributes.contains(.bold)
        expected.look.isDim = look.attributes.contains(.dim)
        expected.look.isUnderlined = look.attributes.contains(.underline)
        expected.look.isReversed = look.attributes.contains(.reverse)
        let seen = screen[column, row]
        let isBlank = seen.glyph == " " && cell.style.attributes.isDisjoint(with: [.underline, .reverse])
        // The colour of a space's strokes cannot be seen.
        if isBlank, expected.glyph == " ", seen.look.background == expected.look.background { continue }
        if seen != expected { return "(\(column), \(row)): \(seen) is not \(expected)" }
      }
    }
    return nil
  }
}
