import Coordinates
import Networks
import Screen
import Training

/// A component of a model's latent space with its name: `rotation`, `shift-x`, `shift-y`, `scale`, `z1`,
/// `z2`, …
///
/// Values are shown and parsed in the explorer's units: degrees, pixels, factors.
public struct NamedCoordinate: Sendable, Hashable {
  /// The kind of coordinate.
  public enum Kind: Sendable, Hashable {
    /// A typed coordinate.
    case typed(Coordinate)
    /// A free latent with its range in the data.
    case free(ClosedRange<Double>)
  }

  /// The name.
  public let name: String
  /// The kind.
  public let kind: Kind
  /// The index in a `LatentPoint`.
  public let slider: Int

  /// All coordinates of `model`; the ranges of free latents are those of its statistics, or −3…3 without.
  public static func all(of model: TypedModel) -> [NamedCoordinate] {
    let schema = model.architecture.schema
    let typed = schema.typed.enumerated().map { index, coordinate in
      NamedCoordinate(name: coordinate.meaning.rawValue, kind: .typed(coordinate), slider: index)
    }
    let statistics = model.details.statistics
    let free = (0..<schema.freeCount).map { index in
      var ends = -3.0...3.0
      if statistics.indices.contains(index), statistics[index].high > statistics[index].low {
        ends = statistics[index].low...statistics[index].high
      }
      return NamedCoordinate(name: "z\(index + 1)", kind: .free(ends), slider: typed.count + index)
    }
    return typed + free
  }

  /// The coordinate of `model` with a name.
  public static func named(_ name: String, in model: TypedModel) throws(FigureError) -> NamedCoordinate {
    let all = all(of: model)
    guard let found = all.first(where: { $0.name == name }) else {
      let typed = all.filter { $0.isTyped }.map(\.name)
      let free = all.count - typed.count
      throw .unknownCoordinate(name, known: typed + [free == 1 ? "z1" : "z1 to z\(free)"])
    }
    return found
  }

  /// Returns true for a typed coordinate.
  public var isTyped: Bool { if case .typed = kind { true } else { false } }

  /// Returns true where both ends of the range are the same point.
  public var isCyclic: Bool { kind == .typed(.rotation) }

  /// The range of values, in the coordinate's unit; that of an angle is −π to π.
  var range: ClosedRange<Double> {
    isCyclic ? -Double.pi...Double.pi : value(atFraction: 0)...value(atFraction: 1)
  }

  /// The value at a fraction of the range, in the coordinate's unit.
  func value(atFraction fraction: Double) -> Double {
    switch kind {
    case .typed(let coordinate): coordinate.value(atFraction: fraction)
    case .free(let ends): ends.lowerBound + fraction * (ends.upperBound - ends.lowerBound)
    }
  }

  /// Parses a value in the displayed unit.
  func value(of text: String) throws(FigureError) -> Double {
    guard let number = Double(text), number.isFinite, abs(number) <= 1e6, accepts(number) else {
      throw .invalidValue(text, coordinate: name)
    }
    return unit?.value(ofShown: number) ?? number
  }

  /// A short text for a value.
  public func text(_ value: Double) -> String {
    guard let unit else { return NumberText.fixed(value, decimals: 2) }
    let text = NumberText.fixed(unit.shown(value), decimals: unit.captionDecimals)
    return (unit.trimsCaptions ? NumberText.trimmed(text) : text) + unit.captionSuffix
  }

  private var unit: CoordinateDescriptor.Unit? {
    if case .typed(let coordinate) = kind { coordinate.meaning.descriptor.unit } else { nil }
  }

  /// Scales are above 0.
  private func accepts(_ number: Double) -> Bool {
    if case .typed(let coordinate) = kind { !coordinate.isLogarithmic || number > 0 } else { true }
  }
}

extension LatentPoint {
  /// Sets coordinates of `model` from a text such as `rotation=30,z2=-1.5`.
  public mutating func set(_ text: String, in model: TypedModel) throws(FigureError) {
    for item in text.split(separator: ",", omittingEmptySubsequences: false) {
      let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let coordinate = try NamedCoordinate.named(parts[0], in: model)
      set(coordinate.slider, to: try coordinate.value(of: parts.count > 1 ? parts[1] : ""))
    }
  }
}
