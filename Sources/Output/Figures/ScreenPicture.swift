import Screen

/// A screen for a file or a pipe.
public struct ScreenPicture {
  /// A kind of file.
  public enum Kind: Sendable {
    /// A drawing of the cells.
    case svg
    /// Text, with escape sequences for colours.
    case text
  }

  private let canvas: Canvas
  private let capabilities: Capabilities

  /// A picture of a canvas, with the characters and colours of a terminal.
  public init(canvas: Canvas, capabilities: Capabilities) {
    (self.canvas, self.capabilities) = (canvas, capabilities)
  }

  /// The characters, with styles if there are colours.
  public var text: String {
    capabilities.colors == .none
      ? ScreenText.plain(canvas, unicode: capabilities.unicode)
      : ScreenText.styled(canvas, capabilities: capabilities)
  }

  /// The bytes of a file.
  public func bytes(of kind: Kind) -> [UInt8] {
    switch kind {
    case .svg: Array(SVG.encode(canvas, capabilities: capabilities, title: "latent-explorer").utf8)
    case .text: Array(text.utf8)
    }
  }
}
