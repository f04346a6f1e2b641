import Screen
import Testing

@testable import Explorer

/// A person pastes text, on purpose or not.
@Suite struct PasteSessionTests {
  @Test(arguments: ["", "wqxGtE", "The quick brown fox"])
  func pastedTextRunsNoKeys(line: String) throws {
    var state = try TinyExplorer.open()
    let before = (state.session.sliders, state.session.sample)
    #expect(state.react(.pasted(line)).isEmpty)
    #expect(state.overlay == nil && state.session.sample == before.1 && state.session.sliders == before.0)
    #expect(state.screen.contains("a pasted text was dropped: it is not run as keys"))
    try state.press("Right")
    #expect(state.message == nil)
  }

  @Test(arguments: ["m", "t", "c", "E", "S", "t Right"])
  func listsIgnorePastedText(keys: String) throws {
    var state = try TinyExplorer.open()
    try state.press(keys)
    let before = state.overlay
    #expect(before != nil)
    #expect(state.react(.pasted("1q0")).isEmpty)
    #expect(state.overlay == before)
  }

  @Test func theFirstLineIsPastedIntoAField() throws {
    var state = try TinyExplorer.open()
    try state.press("?")
    #expect(state.react(.pasted("next sam")).isEmpty)
    #expect(state.overlay == .actions(query: "next sam", selected: 0))
    _ = state.react(.pasted(String(repeating: "x", count: 500)))
    #expect(state.screen.contains("actions: next samxx"))
    try state.press("Escape g")
    _ = state.react(.pasted(" 4 "))
    #expect(state.overlay == .goTo(digits: "4"))
    try state.press("Enter")
    #expect(state.session.sample == 4)
    // A letter closes no field.
    try state.press("g")
    _ = state.react(.pasted("sequence 2"))
    #expect(state.overlay == .goTo(digits: "2"))
    try state.press("Escape 1")
    _ = state.react(.pasted("q2"))
    #expect(state.overlay == .value(text: "12"))
    try state.press("Escape g")
    _ = state.react(.pasted("4"))
    try state.press("Enter")
    try state.press("1")
    _ = state.react(.pasted("5"))
    #expect(state.overlay == .value(text: "15"))
    try state.press("Enter")
    #expect(state.text(0) == "15°")
  }
}
