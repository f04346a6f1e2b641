import Primitives

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A recorder of a digit's strokes with random deviations of every point.
///
/// Units are the digit's height; y is 0 at the top and 1 at the foot, x from 0 at the left to about 0.7.
/// Strokes are smooth except at corners.
struct Pen {
  /// Smooth curves, given by their points. At a corner, one ends and the next begins.
  private(set) var strokes: [SmoothCurve] = []
  private var points: [Point] = []
  private var random: RandomStream
  private let jitter: Double

  /// Creates a pen with a standard deviation of `jitter` in x and y.
  init(random: RandomStream, jitter: Double) {
    self.random = random
    self.jitter = jitter
  }

  /// A truncated normal number with this mean and deviation.
  mutating func vary(_ mean: Double, _ deviation: Double) -> Double {
    mean + deviation * random.truncatedNormal()
  }

  /// Returns true with this probability.
  mutating func chance(_ probability: Double) -> Bool {
    random.uniform() < probability
  }

  /// Lowers the pen at (x, y).
  mutating func putDown(_ x: Double, _ y: Double) {
    points = [jittered(x, y, by: jitter)]
  }

  /// Continues smoothly to (x, y).
  mutating func through(_ x: Double, _ y: Double) {
    points.append(jittered(x, y, by: jitter))
  }

  /// Continues along an ellipse between two angles, in degrees counter-clockwise from three o'clock. Its
  /// radii grow to `growth` times their start; it leans to the right by `lean` per unit of height. Its points
  /// deviate less than single ones.
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

  /// Continues to (x, y) along a line that is bent by about `bow` of its length.
  mutating func line(_ x: Double, _ y: Double, bow: Double = 0.04) {
    guard let last = points.last else { return putDown(x, y) }
    let end = jittered(x, y, by: jitter)
    let sag = vary(0, bow)
    let middle = 0.5 * (last + end)
    points.append(middle + sag * Point(last.y - end.y, end.x - last.x))
    points.append(end)
  }

  /// Starts a new curve at the last point, for a corner.
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
