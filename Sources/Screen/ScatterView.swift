/// Points of several kinds in two dimensions, one glyph and one colour a kind.
///
/// Where points share a cell the most frequent kind shows. Above them stand the path of earlier places, the
/// current place and a cursor; what lies outside of the points' limits is shown at the edge.
///
///     let map = ScatterView(
///       points: [(x: 0.5, y: -1, kind: 3)], kindNames: (0...9).map(String.init),
///       horizontal: ScatterView.Axis("component 1", share: 0.34),
///       vertical: ScatterView.Axis("component 2", share: 0.21))
///     map.draw(on: &canvas, in: region, capabilities: .full)
public struct ScatterView: Sendable {
  /// What one direction of the picture means.
  public struct Axis: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// The share of the variance that it explains, from 0 to 1.
    public var fraction: Double?

    /// Names an axis.
    public init(_ name: String, fraction: Double? = nil) {
      self.name = name
      self.fraction = fraction
    }

    /// The name, and the share where it is known.
    var label: String {
      guard let fraction, fraction.isFinite else { return name }
      let percent = 100 * fraction
      return "\(name) · \(NumberText.fixed(percent, decimals: percent < 9.95 ? 1 : 0)) %"
    }
  }

  /// The points in the units of the axes; those that are not finite are left out.
  public let points: [(x: Double, y: Double, kind: Int)]
  /// The names of the kinds from 0 for the legend; without names there is no legend.
  public var kindNames: [String]
  /// From left to right.
  public var horizontal: Axis
  /// From bottom to top.
  public var vertical: Axis
  /// The current place.
  public var current: (x: Double, y: Double)?
  /// Earlier places.
  public var path: [(x: Double, y: Double)]
  /// What a person moves over the picture.
  public var cursor: (x: Double, y: Double)?

  private let columnLimits: ScatterLimits
  private let rowLimits: ScatterLimits

  /// Describes a picture, its limits fitted to the points.
  public init(
    points: [(x: Double, y: Double, kind: Int)], kindNames: [String] = [], horizontal: Axis, vertical: Axis,
    current: (x: Double, y: Double)? = nil, path: [(x: Double, y: Double)] = [],
    cursor: (x: Double, y: Double)? = nil
  ) {
    self.points = points
    self.kindNames = kindNames
    self.horizontal = horizontal
    self.vertical = vertical
    self.current = current
    self.path = path
    self.cursor = cursor
    let usable = points.filter { $0.x.isFinite && $0.y.isFinite }
    columnLimits = ScatterLimits(fitting: usable.map(\.x))
    rowLimits = ScatterLimits(fitting: usable.map(\.y))
  }

  /// The glyph of a kind: a digit for the first ten, then small letters, then capital ones; `*` for all others.
  public static func glyph(ofKind kind: Int) -> Character {
    glyphs.indices.contains(kind) ? glyphs[kind] : "*"
  }

  private static let glyphs = Array("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")

  /// The place in the middle of a cell, nil outside of where points are drawn.
  ///
  /// - Parameters:
  ///   - column: A column of the canvas.
  ///   - row: A row of the canvas.
  ///   - region: The region that the picture is drawn in.
  public func place(atColumn column: Int, row: Int, in region: Rectangle) -> (x: Double, y: Double)? {
    let plot = layout(in: region).plot
    guard plot.columns.contains(column), plot.rows.contains(row) else { return nil }
    let x = columnLimits.value(at: (Double(column - plot.column) + 0.5) / Double(plot.width))
    let y = rowLimits.value(at: 1 - (Double(row - plot.row) + 0.5) / Double(plot.height))
    return x.isFinite && y.isFinite ? (x, y) : nil
  }

  /// The cell that shows a place, at the edge where it lies outside of the limits; nil where it is not finite
  /// or nothing is drawn.
  public func cell(of place: (x: Double, y: Double), in region: Rectangle) -> (column: Int, row: Int)? {
    cell(of: place, plot: layout(in: region).plot)
  }

  /// The index of the point that is nearest as the picture shows it, its width and height taken as equal; nil
  /// where there is none. Of points equally near it is the first.
  public func nearestPoint(to place: (x: Double, y: Double)) -> Int? {
    var nearest: (index: Int, distance: Double)?
    for (index, point) in points.enumerated() where point.x.isFinite && point.y.isFinite {
      let x = columnLimits.fraction(of: point.x) - columnLimits.fraction(of: place.x)
      let y = rowLimits.fraction(of: point.y) - rowLimits.fraction(of: place.y)
      let distance = x * x + y * y
      guard distance.isFinite, distance < nearest?.distance ?? .infinity else { continue }
      nearest = (index, distance)
    }
    return nearest?.index
  }

  func cell(of place: (x: Double, y: Double), plot: Rectangle) -> (column: Int, row: Int)? {
    guard !plot.isEmpty, place.x.isFinite, place.y.isFinite else { return nil }
    func index(_ fraction: Double, of count: Int) -> Int {
      // Limits that are too far apart for their distance give no number.
      fraction > 0 ? min(count - 1, Int(min(fraction, 1) * Double(count))) : 0
    }
    return (
      plot.column + index(columnLimits.fraction(of: place.x), of: plot.width),
      plot.rows.upperBound - 1 - index(rowLimits.fraction(of: place.y), of: plot.height)
    )
  }
}

/// What one axis spans: the values and a margin at both ends.
struct ScatterLimits: Sendable {
  let middle: Double
  /// From the middle to either end, more than 0.
  let half: Double

  /// How much wider than the values.
  private static let margin = 1.08

  /// Fits finite values; around 0 where there are none.
  init(fitting values: [Double]) {
    let low = values.min() ?? 0
    let high = values.max() ?? 0
    middle = low / 2 + high / 2
    // Equal values stand in the middle, and neighbours they might have can still be told apart.
    let reach = high / 2 - low / 2
    half = reach > middle.magnitude * 1e-12 ? reach * Self.margin : max(1, middle.magnitude / 2)
  }

  /// How far a finite value lies on the way from the lower end, 0, to the upper, 1.
  func fraction(of value: Double) -> Double { 0.5 + 0.5 * (value / half - middle / half) }

  /// The value at a share of the way.
  func value(at fraction: Double) -> Double { middle + (2 * fraction - 1) * half }
}
