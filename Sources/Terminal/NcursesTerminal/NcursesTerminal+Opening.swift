import CCurses
import Screen

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension NcursesTerminal {
  static func extent(of descriptor: Int32) -> Size? {
    var rows: Int32 = 0
    var columns: Int32 = 0
    guard terminal_extent(descriptor, &rows, &columns) else { return nil }
    return Size(width: Int(columns), height: Int(rows))
  }

  /// Opens the screen with the first usable description: that of the type itself, or a substitute.
  ///
  /// - Parameter isDescribed: returns true for names to look up in the database.
  /// - Returns: the substitute; nil where the type's own description is in use.
  static func openScreen(
    _ type: String, input: Int32, size: Size, usesMouse: Bool,
    isDescribed: (String) -> Bool = { _ in true }
  ) throws(TerminalError) -> TerminalSubstitute? {
    var reason = TerminalSubstitute.Reason.notDescribed
    var candidates = TerminalDescription.candidates(for: type)[...]
    while let description = candidates.popFirst() {
      if case .named(let name) = description, !isDescribed(name) { continue }
      let status = terminal_screen_open(
        description.name, description.text, input, Int32(size.height), Int32(size.width), usesMouse)
      switch Int(status) {
      case TERMINAL_OPENED:
        if TerminalDescription.isDirect(type) { reason = .directColors }
        return description == .named(type)
          ? nil : TerminalSubstitute(type: type, reason: reason, description: description)
      case TERMINAL_UNKNOWN_TYPE: continue
      case TERMINAL_DIRECT_COLORS:
        reason = .directColors
        // Databases with those entries also have one for a palette of 256 colours.
        if candidates.isEmpty { candidates = [.named("xterm-256color"), .own] }
      case TERMINAL_NO_CURSOR_MOTION: throw .noCursorMotion(type)
      case TERMINAL_ALREADY_OPEN: throw .alreadyOpen
      default: throw .system(errno)
      }
    }
    throw .unknownType(type)
  }
}
