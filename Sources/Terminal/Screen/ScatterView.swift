/// A scatter plot of points of several categories, with one glyph and one colour for each.
///
/// A cell with several points shows the most frequent category. The path of earlier positions, the current
/// position and a cursor are drawn above; positions outside the points' limits are drawn at the edge.
///
///     let map = ScatterView(
///       points: [(x: 0.5, y: -1, kind: 3)], kindNames: (0...9).map(String.init),
///       horizontal: ScatterView.Axis("component 1", fraction: 0.34),
///       vertical: ScatterView.Axis("component 2", fraction: 0.21))
///     map.draw(on: &canvas, in: region, capabilities: .full)
public struct ScatterView: Sendable {
  /// An axis of the plot.
  public struct Axis: Hashable, Sendable {
    /// The name.
    public var name: String
    /// The fraction (0–1) of the variance that it explains.
    public var fraction: Double?

    /// Creates an axis.
    public init(_ name: String, fraction: Double? = nil) {
      self.name = name
      self.fraction = fraction
    }

    /// The name, with the percentage of variance where it is known.
    var label: String {
      guard let fraction, fraction.isFinite else { return name }
      let percent = 100 * fraction
      return "\(name) · \(NumberText.fixed(percent, decimals: percent < 9.95 ? 1 : 0)) %"
    }
  }

  /// The points in the units of the axes; those that are not finite are ignored.
  public let points: [(x: Double, y: Double, kind: Int)]
  /// The names of the categories from 0, for the legend; empty for no legend.
  public var kindNames: [String]
  /// The horizontal axis.
  public var horizontal: Axis
  /// The vertical axis.
  public var vertical: Axis
  /// The current position.
  public var current: (x: Double, y: Double)?
  /// Earlier positions.
  public var path: [(x: Double, y: Double)]
  /// The cursor's position.
  public var cursor: (x: Double, y: Double)?

  private let columnLimits: ScatterLimits
  private let rowLimits: ScatterLimits

  /// Creates a plot with limits that fit the points.
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

  /// The glyph of a category: the ten digits, then lowercase and capital letters; `*` for all others.
  public static func glyph(ofKind kind: Int) -> Character {
    glyphs.indices.contains(kind) ? glyphs[kind] : "*"
  }

  private static let glyphs = Array("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")

  /// The position in the middle of a cell of the canvas, for a plot drawn in `region`; nil outside the plot.
  public func place(atColumn column: Int, row: Int, in region: Rectangle) -> (x: Double, y: Double)? {
    let plot = layout(in: region).plot
    guard plot.columns.contains(column), plot.rows.contains(row) else { return nil }
    let x = columnLimits.value(at: (Double(column - plot.column) + 0.5) / Double(plot.width))
    let y = rowLimits.value(at: 1 - (Double(row - plot.row) + 0.5) / Double(plot.height))
    return x.isFinite && y.isFinite ? (x, y) : nil
  }

  /// The cell of a position, clamped to the plot's edge; nil where it is not finite or nothing is drawn.
  public func cell(of place: (x: Double, y: Double), in region: Rectangle) -> (column: Int, row: Int)? {
    cell(of: place, plot: layout(in: region).plot)
  }

  /// The index of the point nearest to a position, with both axes scaled to equal length; nil without points.
  /// Of equally near points it is the first.
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
      // Limits too far apart for their difference give NaN.
      fraction > 0 ? min(count - 1, Int(min(fraction, 1) * Double(count))) : 0
    }
    return (
      plot.column + index(columnLimits.fraction(of: place.x), of: plot.width),
      plot.rows.upperBound - 1 - index(rowLimits.fraction(of: place.y), of: plot.height)
    )
  }
}

/// The range of an axis: the values with a margin at both ends.
struct ScatterLimits: Sendable {
  let middle: Double
  /// Half the range, above 0.
  let half: Double

  /// The ratio of the range to the span of the values.
  private static let margin = 1.08

  /// Fits finite values; around 0 without any.
  init(fitting values: [Double]) {
    let low = values.min() ?? 0
    let high = values.max() ?? 0
    middle = low / 2 + high / 2
    // Equal values are in the middle, with a range that would still separate neighbours.
    let reach = high / 2 - low / 2
    half = reach > middle.magnitude * 1e-12 ? reach * Self.margin : max(1, middle.magnitude / 2)
  }

  /// The fraction of a finite value between the lower end (0) and the upper end (1).
  func fraction(of value: Double) -> Double { 0.5 + 0.5 * (value / half - middle / half) }

  /// The value at a fraction.
  func value(at fraction: Double) -> Double { middle + (2 * fraction - 1) * half }
}
