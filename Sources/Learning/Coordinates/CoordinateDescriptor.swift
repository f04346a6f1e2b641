/// The facts about one kind of typed coordinate.
///
/// | item of a schema | coordinate |
/// | --- | --- |
/// | `rotation` | rotation over the full circle |
/// | `rotation:45` | rotation up to 45° in either direction; above 0 and below 180 |
/// | `shift-x:6`, `shift-y:6` | shift to the right and down, up to 6 pixels in either direction; above 0, up to half the image's size |
/// | `scale:0.6..1.4` | enlargement; from 0.1 to 10, with 1 in the range |
/// | `shear:0.5` | lean of the top to the right, up to 0.5 pixels a row in either direction; above 0, up to 1 |
///
/// A new kind is a case of `Coordinate.Meaning` with its descriptor and its `map`, both in this file, and its
/// part of a `Pose`.
public struct CoordinateDescriptor: Sendable {
  /// The unit in which values are shown.
  public struct Unit: Sendable, Hashable {
    /// The name in keys of figures; nil where there is none.
    public var name: String?
    /// The suffix on sliders.
    public var suffix: String
    /// The suffix in captions of figures.
    public var captionSuffix: String
    /// The number of decimals in captions.
    public var captionDecimals: Int
    /// Tells whether captions leave out trailing zeros.
    public var trimsCaptions = false
    /// Tells whether values are angles, in radians; they are shown in degrees.
    public var isAngle = false

    /// The factor from values to the unit.
    public var factor: Double { isAngle ? 180 / .pi : 1 }

    /// A value in this unit.
    public func shown(_ value: Double) -> Double { isAngle ? Angle(radians: value).degrees : value }

    /// The value of a number in this unit.
    public func value(ofShown number: Double) -> Double {
      isAngle ? Angle(degrees: number).radians : number
    }

    /// Degrees of an angle.
    public static let degrees = Unit(
      name: "degrees", suffix: "°", captionSuffix: "°", captionDecimals: 1, trimsCaptions: true,
      isAngle: true)
    /// Pixels of the image.
    public static let pixels = Unit(
      name: "pixels", suffix: " px", captionSuffix: "", captionDecimals: 1, trimsCaptions: true)
    /// A factor, 1 for no change.
    public static let factor = Unit(suffix: "×", captionSuffix: "×", captionDecimals: 2)
    /// A plain number.
    public static let number = Unit(suffix: "", captionSuffix: "", captionDecimals: 2)
  }

  /// The form and limits of the range in a schema's text form.
  enum RangeForm: Sendable {
    /// Nothing for the full circle, or a limit in either direction, above 0 and below a number.
    case circleOrLimit(below: Double)
    /// A limit in either direction, above 0 and up to a number.
    case limit(upTo: Double)
    /// Two ends, separated by two points.
    case ends(low: ClosedRange<Double>, high: ClosedRange<Double>)
  }

  /// The label of sliders, and the symbol in diagrams.
  public var symbol: String
  /// The name of the head's layer.
  public var headName: String
  /// The unit in which values are shown.
  public var unit: Unit
  /// One step of a slider, in the unit shown.
  public var sliderStep: Double
  /// The number of decimals on a slider.
  public var sliderDecimals: Int
  /// Tells whether codes are linear in the value's logarithm.
  public var isLogarithmic = false
  /// The place in the composition of an image's transform, each a different one: lower ones are applied first.
  var place: Int
  /// The pose component that the value determines.
  var component: Pose.Change.Component
  /// The form of the range.
  var rangeForm: RangeForm
  /// The name and unit of a column of a table, for help texts; nil where another coordinate's text covers it.
  public var columnText: String?
  /// The items that error messages suggest.
  var examples: [String]
  /// The allowed ranges, for error messages; nil where another coordinate's text covers them.
  var rangeRule: String?
}

extension Coordinate {
  /// The transform that a coordinate describes; each occurs at most once in a schema.
  public enum Meaning: String, Sendable, CaseIterable {
    /// Rotation.
    case rotation
    /// Horizontal shift.
    case shiftX = "shift-x"
    /// Vertical shift.
    case shiftY = "shift-y"
    /// Enlargement.
    case scale
    /// Horizontal shear.
    case shear

    /// The names of all coordinates.
    public static var names: [String] { allCases.map(\.rawValue) }
  }

  /// The rotation of the image, over the full circle.
  public static let rotation = Coordinate(.rotation)

  /// The rotation of the image, up to `degrees` in either direction.
  public static func limitedRotation(degrees: Double) -> Coordinate {
    Coordinate(.rotation, range: -degrees...degrees)
  }

  /// The shift to the right, up to `pixels` in either direction.
  public static func shiftX(pixels: Double) -> Coordinate { Coordinate(.shiftX, range: -pixels...pixels) }

  /// The shift down, up to `pixels` in either direction.
  public static func shiftY(pixels: Double) -> Coordinate { Coordinate(.shiftY, range: -pixels...pixels) }

  /// The enlargement about the image's centre, within a range.
  public static func scale(from low: Double, to high: Double) -> Coordinate {
    Coordinate(.scale, range: low...high)
  }

  /// The lean of the top to the right, in pixels for each row, up to `limit` in either direction.
  public static func shear(limit: Double) -> Coordinate { Coordinate(.shear, range: -limit...limit) }

  /// The transform of an image for `value`.
  public func map(of value: Double) -> AffineMap {
    switch meaning {
    case .rotation: .turn(by: Angle(radians: value))
    case .shiftX: .shift(x: value, y: 0)
    case .shiftY: .shift(x: 0, y: value)
    case .scale: .scale(by: value)
    // Rows below the centre, where y is above 0, move to the left.
    case .shear: AffineMap(xx: 1, xy: Float(value), yx: 0, yy: 1)
    }
  }
}

extension Coordinate.Meaning {
  /// The largest shift in pixels: half the side of the largest images.
  private static let largestShift = 64.0

  /// The facts about coordinates with this meaning.
  public var descriptor: CoordinateDescriptor {
    switch self {
    case .rotation:
      CoordinateDescriptor(
        symbol: "θ", headName: "head_rot", unit: .degrees, sliderStep: 5, sliderDecimals: 0, place: 2,
        component: .angle, rangeForm: .circleOrLimit(below: 180),
        columnText: "rotation in degrees (counter-clockwise)", examples: ["rotation", "rotation:45"],
        rangeRule: "rotation below 180 degrees")
    case .shiftX:
      CoordinateDescriptor(
        symbol: "x", headName: "head_shift_x", unit: .pixels, sliderStep: 0.5, sliderDecimals: 1, place: 4,
        component: .x, rangeForm: .limit(upTo: Self.largestShift),
        columnText: "shift-x and shift-y in pixels",
        examples: ["shift-x:6"],
        rangeRule: "shifts up to 64 pixels and half the images' size")
    case .shiftY:
      CoordinateDescriptor(
        symbol: "y", headName: "head_shift_y", unit: .pixels, sliderStep: 0.5, sliderDecimals: 1, place: 3,
        component: .y, rangeForm: .limit(upTo: Self.largestShift), examples: ["shift-y:6"])
    case .scale:
      CoordinateDescriptor(
        symbol: "s", headName: "head_scale", unit: .factor, sliderStep: 0.05, sliderDecimals: 2,
        isLogarithmic: true, place: 1, component: .logScale,
        rangeForm: .ends(low: 0.1...1, high: 1...10), columnText: "scale as a factor",
        examples: ["scale:0.6..1.4"],
        rangeRule: "a scale from 0.1 to 10 with 1 in its range, such as scale:0.6..1.4")
    case .shear:
      CoordinateDescriptor(
        symbol: "k", headName: "head_shear", unit: .number, sliderStep: 0.05, sliderDecimals: 2, place: 0,
        component: .shear, rangeForm: .limit(upTo: 1), columnText: "shear in pixels a row",
        examples: ["shear:0.5"], rangeRule: "a shear up to 1")
    }
  }
}
