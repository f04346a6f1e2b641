import Screen

/// What a key does.
public enum Action: Hashable, Sendable {
  case decrease, increase, decreaseMuch, increaseMuch, decreaseLittle, increaseLittle
  case previousSlider, nextSlider
  case reset, randomize, undo, redo
  case typeValue(Character)
  case nextSample, previousSample, goToSample, switchSamples
  case turnInputBack, turnInputForward
  case chooseModel, saveModel
  case chooseTraining, pauseOrResume, stepOnce, stopTraining, switchFollowing
  case help, redraw, quit
}

/// A line of the key table: one or two keys, what they do, and how footer and help say it.
public struct KeyBinding: Sendable {
  /// The keys, each with its action.
  public let keys: [(key: Key, action: Action)]
  /// The keys as people read them.
  public let title: String
  /// One or two words for the footer; empty where the footer leaves it out.
  public let brief: String
  /// A phrase for the help screen and the README.
  public let help: String

  private init(_ title: String, _ brief: String, _ help: String, _ keys: [(key: Key, action: Action)]) {
    self.keys = keys
    self.title = title
    self.brief = brief
    self.help = help
  }

  /// All keys, in the order in which help shows them.
  public static let all: [KeyBinding] = [
    KeyBinding(
      "← →", "turn", "move the selected slider: θ by 5°, a latent by 0.1 deviations",
      [(.left, .decrease), (.right, .increase)]),
    KeyBinding(
      "H L", "×10", "move it ten times as far; Shift+← and Shift+→ do the same",
      [
        (.character("H"), .decreaseMuch), (.character("L"), .increaseMuch), (.shiftLeft, .decreaseMuch),
        (.shiftRight, .increaseMuch),
      ]),
    KeyBinding(
      ", .", "", "move it a tenth as far",
      [(.character(","), .decreaseLittle), (.character("."), .increaseLittle)]),
    KeyBinding(
      "0–9 -", "", "type a value for it",
      "0123456789-".map { (.character($0), .typeValue($0)) }),
    KeyBinding(
      "↑ ↓", "select", "select a slider",
      [(.up, .previousSlider), (.down, .nextSlider)]),
    KeyBinding(
      "Backspace", "reset", "move all sliders to the encoder's reading, the marks", [(.backspace, .reset)]),
    KeyBinding(
      "r", "", "draw free latents at random, as the data have them", [(.character("r"), .randomize)]),
    KeyBinding(
      "u U", "", "take back what was done to the sliders, or do it again",
      [(.character("u"), .undo), (.character("U"), .redo)]),
    KeyBinding(
      "n p", "sample", "next and previous sample; θ stays as it is",
      [(.character("n"), .nextSample), (.character("p"), .previousSample)]),
    KeyBinding("g", "", "go to a sample by its number", [(.character("g"), .goToSample)]),
    KeyBinding(
      "[ ]", "turn input", "turn what the encoder sees by 15°; the sliders go along",
      [(.character("["), .turnInputBack), (.character("]"), .turnInputForward)]),
    KeyBinding(
      "d", "", "switch between images and the model's stored readings",
      [(.character("d"), .switchSamples)]),
    KeyBinding("m", "model", "choose a model: bundled ones and files", [(.character("m"), .chooseModel)]),
    KeyBinding(
      "t", "train", "train: afresh, or continue in a phase", [(.character("t"), .chooseTraining)]),
    KeyBinding("Space", "pause", "pause training, or go on", [(.space, .pauseOrResume)]),
    KeyBinding("o", "", "learn from one batch, then pause", [(.character("o"), .stepOnce)]),
    KeyBinding("x", "", "stop training and keep its weights", [(.character("x"), .stopTraining)]),
    KeyBinding(
      "f", "", "let training move the latents' sliders (follow), or not (hold)",
      [(.character("f"), .switchFollowing)]),
    KeyBinding("w", "", "write the model in use to a file", [(.character("w"), .saveModel)]),
    KeyBinding("Ctrl+L", "", "draw the screen afresh", [(.control("l"), .redraw)]),
    KeyBinding("?", "help", "show or hide this list", [(.character("?"), .help)]),
    KeyBinding("q", "quit", "quit", [(.character("q"), .quit)]),
  ]

  /// What `key` does while no overlay is open.
  static func action(for key: Key) -> Action? { actions[key] }

  private static let actions = Dictionary(
    all.flatMap(\.keys).map { ($0.key, $0.action) }, uniquingKeysWith: { first, _ in first })
}

extension KeyBinding {
  /// The whole key table as text, a line each.
  public static var table: String {
    let width = all.map(\.title.count).max() ?? 0
    return all.map { binding in
      "  " + binding.title + String(repeating: " ", count: width - binding.title.count + 2) + binding.help
    }.joined(separator: "\n")
  }
}
