import Testing

@testable import Screen

@Suite struct KeyTests {
  private let all: [Key] =
    [
      .up, .down, .left, .right, .shiftUp, .shiftDown, .shiftLeft, .shiftRight, .home, .end, .pageUp,
      .pageDown, .enter, .tab, .backTab, .space, .backspace, .delete, .insert, .escape, .control("a"),
      .control("z"), .character("n"), .character("*"), .character("é"),
    ] + (1...12).map(Key.function)

  @Test func namesAndKeysAreOneToOne() {
    for key in all {
      #expect(!key.name.isEmpty)
      #expect(Key(name: key.name) == key)
    }
    #expect(Set(all.map(\.name)).count == all.count)
  }

  @Test func longNamesMayBeInAnyCaseAndCharactersMayNot() {
    #expect(Key(name: "shift+LEFT") == .shiftLeft)
    #expect(Key(name: "Esc") == .escape)
    #expect(Key(name: "ctrl+l") == .control("l"))
    #expect(Key(name: "N") == .character("N"))
    for name in ["", "F0", "F13", "Ctrl+", "Ctrl+1", "Ctrl+ab", "Rigth", " ", "\u{1B}", "漢"] {
      #expect(Key(name: name) == nil)
    }
  }

  @Test func scriptsAreNamesWithCounts() throws {
    #expect(
      try KeyScript.parse("Right*3 n  Shift+Left\nSpace ? * **2")
        == [.right, .right, .right, .character("n"), .shiftLeft, .space, .character("?")]
        + Array(repeating: .character("*"), count: 3))
    #expect(try KeyScript.parse("") == [])
  }

  @Test func aScriptCannotAskForEverMoreKeys() throws {
    let most = Array(repeating: "n*\(KeyScript.largestCount)", count: 100).joined(separator: " ")
    #expect(try KeyScript.parse(most).count == KeyScript.largestTotal)
    #expect(throws: KeyScriptError.tooManyKeys) { try KeyScript.parse(most + " n") }
    #expect(KeyScriptError.tooManyKeys.description.hasSuffix("."))
  }

  @Test(arguments: [
    ("Rigth", KeyScriptError.unknownKey("Rigth")), ("n Foo*2", .unknownKey("Foo")),
    ("Right*", .badCount("Right*")), ("Right*0", .badCount("Right*0")), ("Right*-1", .badCount("Right*-1")),
    ("Right*99999999999999999999", .badCount("Right*99999999999999999999")), ("n*x", .badCount("n*x")),
    ("Right*10001", .badCount("Right*10001")),
  ]) func faultsAreNamed(script: String, error: KeyScriptError) {
    #expect(throws: error) { try KeyScript.parse(script) }
    #expect(error.description.hasSuffix("."))
  }
}
