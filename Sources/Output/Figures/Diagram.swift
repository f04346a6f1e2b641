import Formats

/// A vector drawing of lines, discs and text, for charts; exported as SVG or drawn as pixels.
///
/// Lengths are in units; x points right and y down from the upper left corner.
public struct Diagram: Sendable, Hashable {
  /// A point.
  public struct Point: Sendable, Hashable {
    /// Units to the right and down.
    public var x, y: Double

    /// Creates a point.
    public init(_ x: Double, _ y: Double) { (self.x, self.y) = (x, y) }
  }

  /// A colour by its role; a theme maps it to RGB.
  public enum Ink: Sendable, Hashable {
    /// Text.
    case text
    /// Axes and secondary elements.
    case faint
    /// One of ten categories, from 0; larger numbers wrap around.
    case kind(Int)
  }

  /// The alignment of text to its point.
  public enum Anchor: String, Sendable, Hashable {
    /// Its start.
    case start
    /// Its middle.
    case middle
    /// Its end.
    case end
  }

  /// A drawn element.
  public enum Element: Sendable, Hashable {
    /// Connected line segments, `width` units thick.
    case line([Point], Ink, width: Double)
    /// A disc with its radius.
    case disc(Point, radius: Double, Ink)
    /// A circle with its radius, 1.5 units thick.
    case ring(Point, radius: Double, Ink)
    /// A line of text with its baseline at a point.
    case text(String, Point, Anchor, Ink)
  }

  /// The font size and the maximum average width of a character, in units.
  static let (textSize, letterWidth) = (12.0, 7.0)
  /// The thickness of a ring.
  static let ringWidth = 1.5

  /// The size in units.
  public let width, height: Int
  /// The text alternative.
  public let title: String
  /// The elements in drawing order.
  public private(set) var elements: [Element] = []

  /// Creates an empty diagram.
  public init(width: Int, height: Int, title: String) {
    (self.width, self.height, self.title) = (width, height, title)
  }

  /// Adds an element; ignores one with a coordinate that is not finite.
  public mutating func add(_ element: Element) {
    let places: [Point] =
      switch element {
      case .line(let points, _, _): points
      case .disc(let point, _, _), .ring(let point, _, _), .text(_, let point, _, _): [point]
      }
    guard places.allSatisfy({ $0.x.isFinite && $0.y.isFinite && max(abs($0.x), abs($0.y)) < 1e6 }) else {
      return
    }
    elements.append(element)
  }
}

/// A mapping of inks to colours.
public enum DiagramTheme: Sendable, Hashable, CaseIterable {
  /// Dark on light.
  case light
  /// Light on dark.
  case dark

  /// The background colour.
  var background: PixelImage.RGB { self == .light ? .init(255, 255, 255) : .init(16, 20, 26) }

  /// The colour of an ink.
  ///
  /// The categories are close to Okabe and Ito's colours ("Color Universal Design", 2008), adjusted in
  /// contrast to each background, plus a grey and a violet.
  func color(_ ink: Diagram.Ink) -> PixelImage.RGB {
    switch ink {
    case .text: self == .light ? .init(31, 35, 40) : .init(230, 237, 243)
    case .faint: self == .light ? .init(175, 184, 193) : .init(84, 94, 106)
    case .kind(let kind):
      Self.kinds[((kind % 10) + 10) % 10][self == .light ? 0 : 1]
    }
  }

  /// Each category's colour on a light and on a dark background.
  private static let kinds: [[PixelImage.RGB]] = [
    [.init(110, 118, 129), .init(170, 178, 189)], [.init(220, 140, 0), .init(240, 165, 30)],
    [.init(60, 160, 220), .init(100, 190, 240)], [.init(0, 145, 105), .init(20, 185, 140)],
    [.init(185, 165, 0), .init(240, 228, 66)], [.init(0, 95, 175), .init(70, 135, 235)],
    [.init(205, 80, 0), .init(235, 105, 40)], [.init(200, 105, 155), .init(225, 140, 185)],
    [.init(115, 60, 180), .init(160, 110, 235)], [.init(125, 90, 50), .init(190, 150, 100)],
  ]
}
