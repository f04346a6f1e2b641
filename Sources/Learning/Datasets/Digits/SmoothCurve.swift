/// A smooth curve through points: a centripetal Catmull–Rom spline, which neither overshoots nor has cusps
/// where the points are unevenly spaced (Yuksel, Schaefer and Keyser, 2011).
struct SmoothCurve {
  /// The points on the curve, in order.
  let points: [Point]

  /// The curve as a polyline with segments about `spacing` long, both ends included.
  func polyline(spacing: Double) -> [Point] {
    guard points.count > 1 else { return points }
    var polyline = [points[0]]
    for index in 0..<points.count - 1 {
      let (start, end) = (points[index], points[index + 1])
      let length = start.distance(to: end)
      guard length > 1e-6 else { continue }
      let (startTangent, endTangent) = tangents(ofSpan: index, length: length)
      let steps = max(1, Int((length / spacing).rounded(.up)))
      for step in 1...steps {
        let t = Double(step) / Double(steps)
        polyline.append(Self.hermite(start, startTangent, end, endTangent, at: t))
      }
    }
    return polyline
  }

  /// The derivatives at both ends of the span from `points[index]` on. The first and the last span are
  /// parabolas; a single span is straight.
  private func tangents(ofSpan index: Int, length: Double) -> (start: Point, end: Point) {
    let (start, end) = (points[index], points[index + 1])
    let incoming = index > 0 ? Self.tangent(points[index - 1], start, end, over: length) : nil
    let outgoing =
      index + 2 < points.count ? Self.tangent(start, end, points[index + 2], over: length) : nil
    let step = end - start
    return (
      incoming ?? outgoing.map { 2 * step - $0 } ?? step,
      outgoing ?? incoming.map { 2 * step - $0 } ?? step
    )
  }

  /// The derivative at `middle`, with knots spaced by the square root of the distance, for a span of
  /// `length`.
  private static func tangent(
    _ before: Point, _ middle: Point, _ after: Point, over length: Double
  ) -> Point {
    let first = max(before.distance(to: middle), 1e-6).squareRoot()
    let second = max(middle.distance(to: after), 1e-6).squareRoot()
    let slope =
      (1 / first) * (middle - before) - (1 / (first + second)) * (after - before)
      + (1 / second) * (after - middle)
    return length.squareRoot() * slope
  }

  private static func hermite(
    _ start: Point, _ startTangent: Point, _ end: Point, _ endTangent: Point, at t: Double
  ) -> Point {
    let (t2, t3) = (t * t, t * t * t)
    let ends = (2 * t3 - 3 * t2 + 1) * start + (3 * t2 - 2 * t3) * end
    return ends + (t3 - 2 * t2 + t) * startTangent + (t3 - t2) * endTangent
  }
}
