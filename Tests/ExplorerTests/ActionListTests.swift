import Datasets
import Primitives
import Screen
import Testing

@testable import Explorer

/// A user finds keys in the list of actions, in footers and without Unicode.
@Suite struct ActionListTests {
  /// The words that people search for find the action that they mean.
  @Test(arguments: [
    ("morph", Action.keepStart), ("interpolate", .keepStart), ("screenshot", .chooseFigure),
    ("learning rate", .chooseTraining), ("Batch size", .chooseTraining), ("seed", .chooseTraining),
    ("random", .randomize), ("scatter", .show(.map)), ("pca", MapPage.action(.switchPlane)),
    ("download", .fetchData),
    ("load", .chooseModel), ("cancel", .stopTraining), ("checkpoint", .saveModel), ("contrast", .darken),
    ("traversal", .show(.filmstrip)), ("gif", .chooseFigure), ("undo", .undo), ("help", .help),
    ("exit", .quit),
  ])
  func searchFindsActionsBySynonyms(query: String, action: Action) {
    #expect(KeyBinding.entries(matching: query).contains { $0.action == action })
  }

  @Test(arguments: ["cycle", "SSIM", "equivariance", "rose", "steering error", "held-out"])
  func readoutsAreExplained(term: String) throws {
    let found = KeyBinding.entries(matching: term)
    let entry = try #require(found.first { $0.place == "term" && $0.title.hasPrefix(term) })
    #expect(entry.title.count > term.count + 20)
    var state = try TinyExplorer.open(size: Size(width: 80, height: 24))
    for character in "?" + term { _ = state.update(.key(character == " " ? .space : .character(character))) }
    #expect(state.screen.contains(entry.title))
    let downs = try #require(found.firstIndex(of: entry))
    #expect(try state.press(downs > 0 ? "Down*\(downs) Enter" : "Enter").isEmpty)
    #expect(state.message == entry.title)
  }

  /// The list runs the actions of pages from everywhere.
  @Test func actionsOfPagesRunOnThePanels() throws {
    var state = try TinyExplorer.open()
    #expect(try state.press("? o t h e r Space m o d e l Enter") == [.list(.otherModels)])
    state = try TinyExplorer.open()
    try state.press("? p e n Space d o w n Enter")
    #expect(state.pages[DrawingPage.self].board.row == ImageShape.mnist.height / 2 + 1)
  }

  /// A key with several meanings stands in the list with the panel of each.
  @Test func keysOfSeveralMeaningsNameTheirPanels() {
    let entries = KeyBinding.entries
    for place in Place.all {
      for binding in KeyBinding.all where binding.place == place {
        for (key, action, _) in binding.keys where action != .closePage && key.isListed {
          let mine = entries.filter { $0.action == action && $0.place == place.title }
          #expect(mine.count == 1, "\(key) in \(place.title)")
          for other in KeyBinding.all where other.place == nil {
            for (sameKey, meaning, _) in other.keys where sameKey == key {
              #expect(entries.contains { $0.action == meaning && $0.place == "elsewhere" }, "\(key)")
            }
          }
        }
      }
    }
  }

  /// The footer of a page names the key that leaves it, at every width.
  @Test(arguments: ["F", "M", "D", "T", "C"], [80, 100, 160])
  func footersOfPagesNameTheKeyThatLeaves(page: String, width: Int) throws {
    for capabilities in [Capabilities.full, .ascii] {
      var state = try TinyExplorer.open(size: Size(width: width, height: 24), capabilities: capabilities)
      try state.press(page)
      #expect(state.footer.contains("Esc back") && state.footer.hasSuffix("? actions  q quit"))
      #expect(state.footer.count <= width)
      if page == "D" { #expect(state.footer.contains("[ ] turn input")) }
    }
  }

  /// Without Unicode, arrows and θ are no other key.
  @Test(arguments: ["", "Tab", "Tab*2", "F", "M", "D", "T", "C", "t Right", "?", "m", "E"])
  func keysDifferInASCII(keys: String) throws {
    var state = try TinyExplorer.open(size: Size(width: 80, height: 24), capabilities: .ascii)
    if !keys.isEmpty { try state.press(keys) }
    let screen = ScreenText.plain(state.drawn(), unicode: false)
    #expect(!state.footer.replacing("< > speed", with: "").contains { "<>^".contains($0) })
    for wrong in ["> changes", "^ v", "< >  ", "> t  ", "  t  ", "(t head)"] {
      #expect(!screen.contains(wrong), "\(wrong)")
    }
  }
}

extension ExplorerState {
  fileprivate var footer: String {
    let lines = ScreenText.plain(drawn(), unicode: session.capabilities.unicode).split(
      separator: "\n", omittingEmptySubsequences: false)
    return String(lines[size.height - 1])
  }
}

extension Key {
  /// Digits and the second key for one action have no line of their own.
  fileprivate var isListed: Bool {
    if case .character(let character) = self { return !"0123456789-=".contains(character) }
    return true
  }
}
