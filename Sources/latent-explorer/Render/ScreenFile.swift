import ArgumentParser
import Figures
import Screen

/// A file that a screen is written to; its ending says what kind it is.
struct ScreenFile: ExpressibleByArgument {
  /// A kind of file.
  enum Kind {
    case svg
    /// Text, with the sequences that terminals take for colours.
    case text
  }

  let path: String
  let kind: Kind

  init?(argument: String) {
    switch FigureFile.ending(of: argument) {
    case "svg": kind = .svg
    case "txt", "ans": kind = .text
    default:
      // The name of a pipe or a device tells nothing.
      guard !argument.isEmpty, FigureFile(argument: argument)?.isStream == true else { return nil }
      kind = .text
    }
    path = argument
  }
}

/// A screen as it is shown, for a file or a pipe.
struct ScreenPicture {
  var canvas: Canvas
  var capabilities: Capabilities

  /// Its glyphs, with their looks where there are colours.
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
