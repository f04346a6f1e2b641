import ArgumentParser
import Figures

/// A file for a screen, whose suffix determines its kind.
struct ScreenFile: ExpressibleByArgument {
  let path: String
  let kind: ScreenPicture.Kind

  init?(argument: String) {
    switch FigureFile.ending(of: argument) {
    case "svg": kind = .svg
    case "txt", "ans": kind = .text
    default:
      // The name of a pipe or a device does not tell a kind.
      guard !argument.isEmpty, FigureFile(argument: argument)?.isStream == true else { return nil }
      kind = .text
    }
    path = argument
  }
}
