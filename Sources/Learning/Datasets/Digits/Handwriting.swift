import Primitives

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The random style of one digit: slant, proportions, width and pressure of the pen, unsteadiness.
struct Handwriting {
  /// The standard deviation of points, as a fraction of the digit's height.
  let jitter: Double
  private let slant: Double
  private let aspect: Double
  private let turn: Double
  /// Half the line width, in pixels of the final image.
  private let radius: Double
  private let pressure: Wave
  private let warpX: [Wave]
  private let warpY: [Wave]

  /// Draws a style from `random`.
  init(random: inout RandomStream) {
    func normal() -> Double { random.truncatedNormal() }
    jitter = 0.028 * exp(0.35 * normal())
    slant = 0.17 + 0.23 * normal()
    aspect = exp(0.06 + 0.17 * normal())
    turn = 0.1 * normal()
    // A narrow digit needs a finer pen, or its loops would close.
    radius = 1.24 * aspect.squareRoot() * exp(0.27 * normal())
    pressure = Wave(amplitude: 0.16, frequency: 0.8, random: &random)
    warpX = Self.warp(random: &random)
    warpY = Self.warp(random: &random)
  }

  /// The strokes as a line of ink in pixels, fitted to the box.
  func ink(for strokes: [SmoothCurve]) -> InkLine {
    var segments: [InkSegment] = []
    for stroke in strokes {
      let line = stroke.polyline(spacing: 0.09).map(placed)
      for (start, end) in zip(line, line.dropFirst()) {
        segments.append(InkSegment(start, width(at: start), end, width(at: end)))
      }
    }
    return InkLine(segments: segments, fittedWithRadius: radius)
  }

  /// The position of an ideal point in this style.
  private func placed(_ point: Point) -> Point {
    let warped = Point(
      point.x + warpX.reduce(0) { $0 + $1.value(at: point) },
      point.y + warpY.reduce(0) { $0 + $1.value(at: point) })
    let slanted = Point(aspect * warped.x - slant * warped.y, warped.y)
    return Point(
      slanted.x * cos(turn) - slanted.y * sin(turn), slanted.x * sin(turn) + slanted.y * cos(turn))
  }

  /// The line width at a point, relative to its mean.
  private func width(at point: Point) -> Double {
    1 + pressure.value(at: point)
  }

  /// A slow wave that bends the digit and a fast, small one that makes the line tremble.
  private static func warp(random: inout RandomStream) -> [Wave] {
    [
      Wave(amplitude: 0.05, frequency: 0.7, random: &random),
      Wave(amplitude: 0.01, frequency: 2, random: &random),
    ]
  }
}

/// A sine wave over the plane in a random direction.
struct Wave {
  private let amplitude: Double
  private let phase: Double
  private let rate: Point

  /// Creates a wave of about this amplitude and this many periods per unit of length.
  init(amplitude: Double, frequency: Double, random: inout RandomStream) {
    self.amplitude = amplitude * random.truncatedNormal()
    phase = 2 * .pi * random.uniform()
    let direction = 2 * .pi * random.uniform()
    rate = (2 * .pi * frequency) * Point(cos(direction), sin(direction))
  }

  func value(at point: Point) -> Double {
    amplitude * sin(phase + rate.x * point.x + rate.y * point.y)
  }
}
