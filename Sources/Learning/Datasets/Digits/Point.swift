/// A point of the plane, x to the right and y down.
struct Point: Equatable {
  var x: Double
  var y: Double

  init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }

  static func + (a: Point, b: Point) -> Point { Point(a.x + b.x, a.y + b.y) }
  static func - (a: Point, b: Point) -> Point { Point(a.x - b.x, a.y - b.y) }
  static func * (factor: Double, a: Point) -> Point { Point(factor * a.x, factor * a.y) }

  /// The distance to `other`.
  func distance(to other: Point) -> Double {
    let step = other - self
    return (step.x * step.x + step.y * step.y).squareRoot()
  }
}
