import PseudoTerminals
import Screen
import Testing

@testable import NcursesTerminal

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The terminal without a device. The tests run one after another, because a process has one terminal.
@Suite(.serialized) struct NcursesTerminalTests {
  func gallery(_ size: Size, _ capabilities: Capabilities) -> Canvas {
    var canvas = Canvas(size: size)
    let inside = canvas.drawBox(canvas.bounds, title: "box", isSelected: true)
    canvas.put("plain é text", in: inside.line(0))
    canvas.put("loud", in: inside.line(1), Style(.alarm, on: .grey(3), [.bold, .underline]))
    canvas.put("faint", in: inside.line(2), .faint)
    canvas.put("turned", in: inside.line(3), Style(.mark, .reverse))
    let levels = (0..<64).map { Float($0) / 63 }
    ImageView(ScreenImage(intensities: levels, width: 8)).draw(
      on: &canvas, in: inside.split(left: 16).rest, capabilities: capabilities)
    return canvas
  }

  @Test(arguments: [
    ["TERM": "xterm-256color"], ["TERM": "xterm"], ["TERM": "xterm-256color", "NO_COLOR": "1"],
    ["TERM": "screen-256color"], ["TERM": "vt100"],
  ]) func everyCellArrivesAsItWasDrawn(environment: [String: String]) throws {
    let offline = try OfflineTerminal(width: 40, height: 8, environment: environment)
    let canvas = gallery(offline.terminal.size, offline.terminal.capabilities)
    offline.present(canvas)
    // A VT100 has no dim, and its entry has no second screen.
    if environment["TERM"] == "vt100" {
      #expect(offline.screen.line(1).hasPrefix("┃plain é text"))
    } else {
      #expect(offline.firstDifference(from: canvas) == nil)
      #expect(offline.screen.isAlternate)
    }
    #expect(offline.writes.count == 1)
  }

  @Test func everyPairOfGreysIsExact() throws {
    let offline = try OfflineTerminal(width: 26, height: 26)
    var canvas = Canvas(size: offline.terminal.size)
    for upper in 0...Int(Color.brightestGrey) {
      for lower in 0...Int(Color.brightestGrey) {
        canvas[upper, lower] = Cell("▀", Style(.grey(UInt8(upper)), on: .grey(UInt8(lower))))
      }
    }
    offline.present(canvas)
    #expect(offline.firstDifference(from: canvas) == nil)
  }

  @Test func aFrameIsOneWriteOfWhatHasChanged() throws {
    let offline = try OfflineTerminal(width: 80, height: 24)
    var canvas = gallery(offline.terminal.size, .full)
    offline.present(canvas)
    #expect(offline.writes.count == 1)
    offline.present(canvas)
    #expect(offline.writes.count == 1)
    canvas.put("z", column: 5, row: 9)
    canvas.put("z", column: 70, row: 20)
    offline.present(canvas)
    #expect(offline.writes.count == 2)
    #expect(offline.writes[1] < 60)
    #expect(offline.firstDifference(from: canvas) == nil)
    offline.terminal.invalidate()
    offline.present(canvas)
    #expect(offline.writes.count == 3)
    #expect(offline.writes[2] > 200)
    #expect(offline.firstDifference(from: canvas) == nil)
  }

  /// Terminals differ in the background that is shifted in.
  @Test func noCellIsShiftedIntoAnother() throws {
    let offline = try OfflineTerminal(width: 80, height: 4)
    var canvas = Canvas(size: offline.terminal.size)
    canvas.put("pictures, 40 cells of them, and then more: 0123456789", column: 26, row: 1)
    canvas.put(String(repeating: " ", count: 20), column: 60, row: 2, Style(.standard, on: .grey(0)))
    offline.present(canvas)
    let before = offline.written.count
    var shifted = Canvas(size: offline.terminal.size)
    shifted.put("pictures, 40 cells of them, and then more: 0123456789", column: 2, row: 1)
    shifted.put(String(repeating: " ", count: 20), column: 40, row: 2, Style(.standard, on: .grey(0)))
    offline.present(shifted)
    #expect(offline.firstDifference(from: shifted) == nil)
    let frame = String(decoding: offline.written[before...], as: UTF8.self)
    #expect(frame.firstMatch(of: /\x1B\[[0-9]*[P@]/) == nil)
  }

  @Test func aCanvasOfAnotherSizeIsCutOrLeavesBlanks() throws {
    let offline = try OfflineTerminal(width: 10, height: 4)
    offline.present(Canvas(size: Size(width: 30, height: 9), filledWith: Cell("a")))
    #expect(offline.screen.text == Array(repeating: "aaaaaaaaaa", count: 4).joined(separator: "\n"))
    offline.present(Canvas(size: Size(width: 3, height: 2), filledWith: Cell("b")))
    #expect(offline.screen.text == "bbb\nbbb\n\n")
    offline.present(Canvas(size: Size(width: 0, height: 0)))
    #expect(offline.screen.text == "\n\n\n")
  }

  @Test func asciiIsDrawnOnRequest() throws {
    let offline = try OfflineTerminal(width: 12, height: 3, isASCII: true)
    var canvas = Canvas(size: offline.terminal.size)
    canvas.drawBox(canvas.bounds)
    canvas.put("é…", column: 1, row: 1)
    offline.present(canvas)
    #expect(offline.screen.text == "+----------+\n|?~        |\n+----------+")
  }

  @Test func keysArriveByName() throws {
    let offline = try OfflineTerminal()
    offline.type("\u{1B}[A\u{1B}OB\u{1B}[1;2C\u{1B}[1;2Dné \r\t\u{7F}\u{0C}\u{1B}[Z\u{1B}OP\u{1B}[5~")
    #expect(
      offline.nextKeys() == [
        .up, .down, .shiftRight, .shiftLeft, .character("n"), .character("é"), .space, .enter, .tab,
        .backspace, .control("l"), .backTab, .function(1), .pageUp,
      ])
    offline.type("\u{1B}")
    #expect(offline.nextKeys() == [.escape])
    offline.type("\u{1B}[99;7~q")
    #expect(offline.nextKeys() == [.character("q")])
  }

  @Test func arrowsAreDecodedForAnyTerminalDescription() throws {
    let offline = try OfflineTerminal(environment: ["TERM": "vt100"])
    offline.type("\u{1B}[A\u{1B}OA\u{1B}[1;2B\u{1B}[3~")
    #expect(offline.nextKeys() == [.up, .up, .shiftDown, .delete])
  }

  @Test func aWaitEndsByWakeOrTimeout() throws {
    let offline = try OfflineTerminal()
    #expect(offline.terminal.waitForEvents(timeout: .milliseconds(1)) == [])
    let waker = TerminalWaker()
    waker.wake()
    waker.wake()
    #expect(offline.terminal.waitForEvents(timeout: .seconds(5)) == [.woken])
    #expect(offline.terminal.waitForEvents(timeout: .zero) == [])
  }

  @Test func theEndOfInputEndsEvents() throws {
    let offline = try OfflineTerminal()
    offline.type("n")
    #expect(offline.nextKeys() == [.character("n")])
    offline.endInput()
    #expect(offline.terminal.waitForEvents(timeout: .seconds(5)) == [.ended(.endOfInput)])
    #expect(offline.terminal.waitForEvents() == [.ended(.endOfInput)])
  }

  @Test func signalsRequestQuitting() throws {
    let offline = try OfflineTerminal()
    // The threads that tests run on keep signals out.
    var asked = sigset_t()
    var before = sigset_t()
    sigemptyset(&asked)
    sigaddset(&asked, SIGTERM)
    pthread_sigmask(SIG_UNBLOCK, &asked, &before)
    raise(SIGTERM)
    pthread_sigmask(SIG_SETMASK, &before, nil)
    #expect(offline.terminal.waitForEvents(timeout: .seconds(5)) == [.ended(.signal(SIGTERM))])
  }

  @Test func closingRestoresTheScreen() throws {
    let offline = try OfflineTerminal()
    offline.present(Canvas(size: offline.terminal.size, filledWith: Cell("x")))
    #expect(!offline.screen.isCursorVisible)
    offline.terminal.close()
    offline.terminal.close()
    offline.receive()
    #expect(offline.screen.isCursorVisible)
    #expect(!offline.screen.isAlternate)
    #expect(offline.terminal.waitForEvents() == [.ended(.endOfInput)])
  }

  @Test func unusableTypesAreRefusedAndOthersWorkAfterwards() throws {
    #expect(throws: TerminalError.noType) { try OfflineTerminal(environment: [:]) }
    #expect(throws: TerminalError.noType) { try OfflineTerminal(environment: ["TERM": ""]) }
    #expect(throws: TerminalError.noCursorMotion("dumb")) {
      try OfflineTerminal(environment: ["TERM": "dumb"])
    }
    #expect(throws: TerminalError.unknownType("no-such-terminal")) {
      try OfflineTerminal(environment: ["TERM": "no-such-terminal"])
    }
    let offline = try OfflineTerminal()
    #expect(throws: TerminalError.alreadyOpen) { try OfflineTerminal() }
    offline.present(Canvas(size: offline.terminal.size, filledWith: Cell("y")))
    #expect(offline.screen.line(0) == String(repeating: "y", count: 20))
  }

  @Test func messagesContainNoControlCharacters() {
    let errors: [TerminalError] = [
      .inputIsNoTerminal, .outputIsNoTerminal, .noType, .unknownType("a\u{1B}[2Jb"), .noCursorMotion("dumb"),
      .alreadyOpen, .system(5),
    ]
    for error in errors {
      let hasControls = error.description.unicodeScalars.contains {
        $0.properties.generalCategory == .control
      }
      #expect(!hasControls)
      #expect(error.description.contains(". ") || error.description.hasSuffix("."))
    }
    #expect(Set(errors.map(\.description)).count == errors.count)
  }
}
