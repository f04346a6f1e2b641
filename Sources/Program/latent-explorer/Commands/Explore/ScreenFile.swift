import ArgumentParser
import Figures
import Screen

/// A file for a screen, whose suffix determines its kind.
struct ScreenFile: ExpressibleByArgument {
  /// A kind of file.
  enum Kind {
    case svg
    /// Text, with escape sequences for colours.
    case text
  }

  let path: String
  let kind: Kind

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

/// A screen for a file or a pipe.
struct ScreenPicture {
  var canvas: Canvas
  var capabilities: Capabilities

  /// The characters, with styles if there are colours.
  var text: String {
    capabilities.colors == .none
      ? ScreenText.plain(canvas, unicode: capabilities.unicode)
      : ScreenText.styled(canvas, capabilities: capabilities)
  }

  func bytes(of kind: ScreenFile.Kind) -> [UInt8] {
    switch kind {
    case .svg: Array(SVG.encode(canvas, capabilities: capabilities, title: "latent-explorer").utf8)
    case .text: Array(text.utf8)
    }
  }
}
