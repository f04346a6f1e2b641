import CCurses
import Screen
import Testing

@testable import NcursesTerminal

/// Reports of the mouse, and pastes, as the decoder sees them: byte by byte, in parts, and broken.
@Suite struct MouseReportTests {
  /// The events of some text that arrives in parts, with nothing more at hand after each.
  private func events(_ parts: String..., reportsMouse: Bool = true) -> [TerminalEvent] {
    var decoder = InputDecoder(reportsMouse: reportsMouse)
    return parts.flatMap { part in part.utf8.flatMap { decoder.decode(Int32($0)) } + decoder.flush() }
  }

  private func mouse(_ kind: MouseEvent.Kind, _ column: Int, _ row: Int, shift: Bool = false) -> TerminalEvent
  {
    .mouse(MouseEvent(kind, column: column, row: row, isShifted: shift))
  }

  @Test func theLeftButtonIsPressedDraggedAndReleased() {
    #expect(
      events("\u{1B}[<0;1;1M\u{1B}[<32;5;3M\u{1B}[<32;6;3M\u{1B}[<0;6;3m")
        == [mouse(.press, 0, 0), mouse(.drag, 4, 2), mouse(.drag, 5, 2), mouse(.release, 5, 2)])
    // Some terminals keep the mark of a motion when the button comes up.
    #expect(events("\u{1B}[<32;6;3m") == [mouse(.release, 5, 2)])
  }

  @Test func theWheelTurnsBothWays() {
    #expect(
      events("\u{1B}[<64;10;20M\u{1B}[<65;10;20M\u{1B}[<68;10;20M\u{1B}[<69;10;20M")
        == [
          mouse(.wheelUp, 9, 19), mouse(.wheelDown, 9, 19), mouse(.wheelUp, 9, 19, shift: true),
          mouse(.wheelDown, 9, 19, shift: true),
        ])
  }

  @Test func altAndControlMakeNoDifference() {
    #expect(
      events("\u{1B}[<8;2;2M\u{1B}[<48;3;2M\u{1B}[<24;3;2m\u{1B}[<80;3;2M")
        == [mouse(.press, 1, 1), mouse(.drag, 2, 1), mouse(.release, 2, 1), mouse(.wheelUp, 2, 1)])
  }

  @Test(arguments: [1, 2, 3, 33, 34, 35, 66, 67, 96, 128, 129, 160, 256, 65535]) func otherButtonsAreDropped(
    code: Int
  ) {
    #expect(events("\u{1B}[<\(code);4;4M\u{1B}[<\(code);4;4mn") == [.key(.character("n"))])
  }

  @Test func theWheelIsNotReleased() {
    #expect(events("\u{1B}[<64;4;4mn") == [.key(.character("n"))])
  }

  @Test func columnsBeyondOneByteAreReported() {
    #expect(
      events("\u{1B}[<0;224;500M\u{1B}[<0;65535;65535m") == [
        mouse(.press, 223, 499), mouse(.release, 65534, 65534),
      ])
  }

  @Test func aReportMayBeSplitAnywhereAfterItsIntroducer() {
    let report = "\u{1B}[<32;120;45M"
    for length in 2..<report.count {
      let (start, end) = (String(report.prefix(length)), String(report.dropFirst(length)))
      #expect(events(start, end + "n") == [mouse(.drag, 119, 44), .key(.character("n"))], "\(length)")
      #expect(events("a" + start, "", end) == [.key(.character("a")), mouse(.drag, 119, 44)], "\(length)")
    }
    #expect(events("\u{1B}[", "<0;1", ";1", "M") == [mouse(.press, 0, 0)])
  }

  /// Escape alone is reported at once, so a report that is split after it yields an Escape, but nothing else.
  @Test func aReportAfterALateEscapeIsNotText() {
    #expect(events("\u{1B}", "[<0;7;8M") == [.key(.escape), mouse(.press, 6, 7)])
    #expect(events("\u{1B}", "[<0;7", ";8Mn") == [.key(.escape), mouse(.press, 6, 7), .key(.character("n"))])
    #expect(events("\u{1B}", "[") == [.key(.escape), .key(.character("["))])
    #expect(events("\u{1B}", "[", "<") == [.key(.escape), .key(.character("[")), .key(.character("<"))])
    #expect(events("\u{1B}", "[n") == [.key(.escape), .key(.character("[")), .key(.character("n"))])
    #expect(events("\u{1B}", "n[<") == [.key(.escape)] + "n[<".map { .key(.character($0)) })
    #expect(events("\u{1B}\u{1B}[<0;7;8M") == [.key(.escape), mouse(.press, 6, 7)])
  }

  @Test(arguments: [
    "", "0", "0;1", "0;1;", ";1;1", "0;;1", "0;0;1", "0;1;0", "0;1;1;1", "-1;1;1", "0;+1;1", "0;1;-1",
    "0;1;65536",
    "0;99999999999999999999;1", "0; 1;1", "0;1:1", "<0;1;1", "0;1;1?", "a;b;c", "0;x;5", "é;1;1",
    "00000000000000000000000000000000000000;1;1",
  ]) func malformedReportsAreDropped(numbers: String) {
    #expect(events("\u{1B}[<\(numbers)Mn") == [.key(.character("n"))])
    #expect(events("\u{1B}[<\(numbers)mn") == [.key(.character("n"))])
    #expect(events("\u{1B}[<", "\(numbers)M", "n") == [.key(.character("n"))])
  }

  @Test func aBrokenReportDoesNotConsumeTheNextOne() {
    #expect(events("\u{1B}[<0;5\u{1B}[<0;6;7M") == [mouse(.press, 5, 6)])
    #expect(events("\u{1B}[<0;5;6\u{1B}", "n") == [.key(.escape), .key(.character("n"))])
    #expect(events("\u{1B}[<0;x\u{1B}[<0;6;7M") == [mouse(.press, 5, 6)])
  }

  @Test func keysWorkAgainAfterAReportWithoutAnEnd() {
    #expect(events("\u{1B}[<0;5", "\rn") == [.key(.enter), .key(.character("n"))])
    #expect(events("\u{1B}[<0;5", "a", "n") == [.key(.character("n"))])
    #expect(events("\u{1B}[<0;x", "n") == [.key(.character("n"))])
    var decoder = InputDecoder()
    for byte in "\u{1B}[<0;5".utf8 { #expect(decoder.decode(Int32(byte)) == []) }
    #expect(decoder.flush() == [])
    #expect(decoder.decode(Int32(TERMINAL_KEY_UP)) == [.key(.up)])
    #expect(decoder.decode(Int32(UInt8(ascii: "5"))) == [.key(.character("5"))])
  }

  @Test func oldReportsAreDropped() {
    #expect(events("\u{1B}[M !!n") == [.key(.character("n"))])
    #expect(events("\u{1B}[M", "#", "qqn") == [.key(.character("n"))])
    #expect(events("\u{1B}[Mé!n") == [.key(.character("n"))])
    #expect(events("\u{1B}[M \u{1B}[<0;1;1M") == [mouse(.press, 0, 0)])
    #expect(events("\u{1B}[M ", "\rn") == [.key(.enter), .key(.character("n"))])
  }

  @Test func withoutTheMouseReportsAreDropped() {
    #expect(events("\u{1B}[<0;1;1Mn\u{1B}[M !!q", reportsMouse: false) == "nq".map { .key(.character($0)) })
  }

  @Test func pastedTextIsReportedOnly() {
    let after: [TerminalEvent] = [.key(.character("b"))]
    #expect(
      events("a\u{1B}[200~q\r\u{03}é漢\u{1B}[<0;1;1M\u{1B}[201~b")
        == [.key(.character("a")), .pasted("q")] + after)
    #expect(events("\u{1B}[200~q", "qq", "\u{1B}[20", "1~b") == [.pasted("qqq")] + after)
    #expect(events("\u{1B}[20", "0~qq", "\u{1B}", "[201~b") == [.pasted("qq")] + after)
    #expect(events("\u{1B}[200~\u{1B}\u{1B}[201\u{1B}[201~b") == [.pasted("")] + after)
    #expect(events("\u{1B}[201~b") == after)
  }

  @Test func keyCodesWithinAPasteAreNoKeys() {
    var decoder = InputDecoder()
    for byte in "\u{1B}[200~\u{1B}[20".utf8 { #expect(decoder.decode(Int32(byte)) == []) }
    #expect(decoder.decode(Int32(TERMINAL_KEY_UP)) == [])
    let rest = "1~\u{1B}[201~".utf8.flatMap { decoder.decode(Int32($0)) }
    #expect(rest == [.pasted("1~")])
    #expect(decoder.decode(Int32(TERMINAL_KEY_UP)) == [.key(.up)])
  }
}
