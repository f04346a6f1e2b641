extension PseudoTerminal {
  /// What is not as it was before the program started, in words; empty where a shell finds everything in order.
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

  /// The private modes that are on and must not be: the mouse (9, 1000–1007, 1015, 1016), reports of focus
  /// (1004), pastes in brackets (2004), synchronized output (2026), cursor keys in application mode (1), and
  /// whatever else a program may have switched on. Line wrapping (7), the cursor's blinking (12) and the
  /// cursor (25) are on in a terminal as it comes.
  private var leftModes: [Int] { screen.privateModes.subtracting([7, 12, 25]).sorted() }
}
