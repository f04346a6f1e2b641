import Coordinates
import Foundation
import Primitives

/// A transform of images in `Double`, as the point that each of the image's points goes to: sheared, scaled,
/// turned counter-clockwise with y down, shifted.
struct DoublePose {
  var cosine = 1.0, sine = 0.0
  var x = 0.0, y = 0.0
  var scale = 1.0
  var shear = 0.0

  init() {}

  /// The pose of the concatenated codes of all typed coordinates.
  init(_ schema: CoordinateSchema, code: [Double]) {
    var column = 0
    for coordinate in schema.typed {
      let first = code[column]
      column += 1
      let (low, high) = (coordinate.range.lowerBound, coordinate.range.upperBound)
      switch coordinate.meaning {
      case .rotation where coordinate.isCyclic:
        (cosine, sine) = (first, code[column])
        column += 1
      case .rotation: (cosine, sine) = (cos(first * high * .pi / 180), sin(first * high * .pi / 180))
      case .shiftX: x = first * high
      case .shiftY: y = first * high
      case .scale: scale = (low * high).squareRoot() * pow(high / low, first / 2)
      case .shear: shear = first * high
      }
    }
  }

  /// The codes of all typed coordinates.
  func code(_ schema: CoordinateSchema) -> [Double] {
    schema.typed.flatMap { coordinate -> [Double] in
      let (low, high) = (coordinate.range.lowerBound, coordinate.range.upperBound)
      return switch coordinate.meaning {
      case .rotation where coordinate.isCyclic: [cosine, sine]
      case .rotation: [atan2(sine, cosine) / (high * .pi / 180)]
      case .shiftX: [x / high]
      case .shiftY: [y / high]
      case .scale: [2 * log(scale / (low * high).squareRoot()) / log(high / low)]
      case .shear: [shear / high]
      }
    }
  }

  /// The destination of a point of the image.
  func moved(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
    let x = x - shear * y
    return (scale * (cosine * x + sine * y) + self.x, scale * (cosine * y - sine * x) + self.y)
  }

  /// The source of a point of the transformed image.
  func source(of x: Double, _ y: Double) -> (x: Double, y: Double) {
    let (right, down) = ((x - self.x) / scale, (y - self.y) / scale)
    let y = sine * right + cosine * down
    return (cosine * right - sine * down + shear * y, y)
  }

  /// This transform after another, small one.
  func composed(angle: Double, x: Double, y: Double, logScale: Double, shear: Double) -> DoublePose {
    var pose = self
    pose.cosine = cosine * cos(angle) - sine * sin(angle)
    pose.sine = sine * cos(angle) + cosine * sin(angle)
    (pose.x, pose.y) = moved(x, y)
    pose.scale = scale * exp(logScale)
    pose.shear += shear
    return pose
  }
}

/// The places at which an image was sampled, for their kinks: where a coordinate is a whole number, the
/// bilinear mean has no derivative.
struct SampledPlaces: Equatable {
  /// The pixels left above each place.
  private(set) var corners: [Int] = []
  /// The smallest distance of a coordinate from a kink.
  private(set) var smallestDistance = Double.infinity

  /// Notes a place in an image of `width` by `height` pixels; far outside, all is zero and without kinks.
  mutating func add(_ x: Double, _ y: Double, width: Int, height: Int) {
    guard min(x, y) > -1.5, x < Double(width) + 0.5, y < Double(height) + 0.5 else { return }
    corners.append(Int(x.rounded(.down)) * 1000 + Int(y.rounded(.down)))
    for coordinate in [x, y] {
      smallestDistance = min(smallestDistance, abs(coordinate - coordinate.rounded()))
    }
  }

  static func == (one: SampledPlaces, other: SampledPlaces) -> Bool { one.corners == other.corners }
}

/// An image, plane by plane: each pixel the bilinear mean at the place, relative to the centre, that `place` gives for
/// it; zero outside.
func sampled(
  _ image: [Double], _ shape: ImageShape, noting places: inout SampledPlaces,
  at place: (Double, Double) -> (x: Double, y: Double)
) -> [Double] {
  let (width, height) = (shape.width, shape.height)
  let (middleX, middleY) = (Double(width - 1) / 2, Double(height - 1) / 2)
  let points = (0..<shape.pixelCount).map { index in
    let point = place(Double(index % width) - middleX, Double(index / width) - middleY)
    return (x: point.x + middleX, y: point.y + middleY)
  }
  for point in points { places.add(point.x, point.y, width: width, height: height) }
  return (0..<shape.channels).flatMap { channel in
    func pixel(_ column: Int, _ row: Int) -> Double {
      (0..<width).contains(column) && (0..<height).contains(row)
        ? image[channel * shape.pixelCount + row * width + column] : 0
    }
    return points.map { x, y in
      let (left, top) = (x.rounded(.down), y.rounded(.down))
      let (column, row, right, down) = (Int(left), Int(top), x - left, y - top)
      return pixel(column, row) * (1 - right) * (1 - down) + pixel(column + 1, row) * right * (1 - down)
        + pixel(column, row + 1) * (1 - right) * down + pixel(column + 1, row + 1) * right * down
    }
  }
}
