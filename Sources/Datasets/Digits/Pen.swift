import Primitives

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A pen in an unsteady hand: it records the strokes of a digit, every point a little off.
///
/// The paper is one unit high; y runs from 0 at the top of a digit to 1 at its foot, and x from 0 at its left
/// to about 0.7. The pen moves smoothly through the points it is given, except at corners.
struct Pen {
  /// Smooth curves, given by the points they pass through. A corner is where one ends and the next begins.
  private(set) var strokes: [SmoothCurve] = []
  private var points: [Point] = []
  private var random: RandomStream
  private let jitter: Double

  /// A pen that misses each point by a normal deviation of `jitter` in x and in y.
  init(random: RandomStream, jitter: Double) {
    self.random = random
    self.jitter = jitter
  }

  /// A number of the normal distribution with this mean and deviation, without its far tails.
  mutating func vary(_ mean: Double, _ deviation: Double) -> Double {
    mean + deviation * random.truncatedNormal()
  }

  /// True with this probability.
  mutating func chance(_ probability: Double) -> Bool {
    random.uniform() < probability
  }

  /// Lowers the pen at (x, y).
  mutating func putDown(_ x: Double, _ y: Double) {
    points = [jittered(x, y, by: jitter)]
  }

  /// Moves on smoothly to (x, y).
  mutating func through(_ x: Double, _ y: Double) {
    points.append(jittered(x, y, by: jitter))
  }

  /// Moves on along an ellipse from one angle to another, in degrees counter-clockwise from three o'clock,
  /// its radii growing on the way to `growth` times what they were. The ellipse leans to the right by `lean`
  /// for each unit of height. Such a swing is steadier than single points.
  mutating func arc(
    _ centerX: Double, _ centerY: Double, _ radiusX: Double, _ radiusY: Double,
    from startAngle: Double, to endAngle: Double, growth: Double = 1, lean: Double = 0
  ) {
    let steps = max(1, Int((abs(endAngle - startAngle) / 50).rounded()))
    for step in 0...steps {
      let fraction = Double(step) / Double(steps)
      let angle = (startAngle + fraction * (endAngle - startAngle)) * .pi / 180
      let size = 1 + fraction * (growth - 1)
      let height = size * radiusY * sin(angle)
      let x = centerX + size * radiusX * cos(angle) + lean * height
      points.append(jittered(x, centerY - height, by: 0.6 * jitter))
    }
  }

  /// Moves on to (x, y) along a line that sags to one side by about `bow` of its length.
  mutating func line(_ x: Double, _ y: Double, bow: Double = 0.04) {
    guard let last = points.last else { return putDown(x, y) }
    let end = jittered(x, y, by: jitter)
    let sag = vary(0, bow)
    let middle = 0.5 * (last + end)
    points.append(middle + sag * Point(last.y - end.y, end.x - last.x))
    points.append(end)
  }

  /// Stops for a sharp turn.
  mutating func corner() {
    guard let last = points.last else { return }
    lift()
    points = [last]
  }

  /// Ends the stroke.
  mutating func lift() {
    if points.count > 1 { strokes.append(SmoothCurve(points: points)) }
    points = []
  }

  private mutating func jittered(_ x: Double, _ y: Double, by deviation: Double) -> Point {
    Point(vary(x, deviation), vary(y, deviation))
  }
}
