extension PseudoTerminal {
  /// Descriptions of the terminal state that the program has not restored; empty where all is restored.
  public var unrestored: [String] {
    let faults: [(Bool, String)] = [
      (!hasModesAsFound, "modes of the device"),
      (!screen.isCursorVisible, "cursor hidden"),
      (screen.isAlternate, "alternate screen"),
      (screen.look != VirtualScreen.Look(), "colours or attributes"),
      (screen.isKeypadApplication, "keypad in application mode"),
      (screen.hasScrollMargins, "scroll margins"),
    ]
    return faults.filter(\.0).map(\.1) + leftModes.map { "mode \($0)" }
  }

  /// The private modes that must be off: mouse (9, 1000–1007, 1015, 1016), focus reports (1004), bracketed
  /// paste (2004), synchronized output (2026), application cursor keys (1), and all others except line
  /// wrapping (7), the cursor's blinking (12) and its visibility (25), which are on by default.
  private var leftModes: [Int] { screen.privateModes.subtracting([7, 12, 25]).sorted() }
}
