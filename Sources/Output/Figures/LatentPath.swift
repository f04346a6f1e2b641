import Coordinates
import Networks

/// A path through latent space.
public enum LatentPath: Sendable, Hashable {
  /// One coordinate from its minimum to its maximum, an angle once around; the others are constant.
  case traversal(NamedCoordinate, from: LatentPoint)
  /// From one latent point to another, an angle along the shorter arc.
  case interpolation(CoordinateSchema, from: LatentPoint, to: LatentPoint)

  /// The points of a row of pictures, including both ends; the end of a full circle is left out.
  public func row(_ count: Int) -> [LatentPoint] {
    let last = Double(max(1, isCyclic ? count : count - 1))
    return (0..<count).map { point(atFraction: Double($0) / last) }
  }

  /// The points of a repeating animation: once around a circle, or to the other end and back.
  public func loop(_ count: Int) -> [LatentPoint] {
    (0..<count).map { index in
      let fraction = Double(index) / Double(count)
      return point(atFraction: isCyclic ? fraction : 1 - abs(2 * fraction - 1))
    }
  }

  /// The labels above the pictures of `row(_:)`.
  public func labels(_ count: Int) -> [String] {
    switch self {
    case .traversal(let coordinate, _):
      row(count).map { coordinate.text($0.value(ofSlider: coordinate.slider)) }
    case .interpolation:
      (0..<count).map { $0 == 0 ? "A" : $0 == count - 1 ? "B" : "\(100 * $0 / max(1, count - 1))%" }
    }
  }

  private var isCyclic: Bool {
    if case .traversal(let coordinate, _) = self { coordinate.isCyclic } else { false }
  }

  private func point(atFraction fraction: Double) -> LatentPoint {
    switch self {
    case .traversal(let coordinate, let point):
      point.setting(coordinate.slider, to: coordinate.value(atFraction: fraction))
    case .interpolation(let schema, let start, let end):
      schema.latentPoint(from: start, to: end, fraction: fraction)
    }
  }
}
