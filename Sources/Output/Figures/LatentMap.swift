import Evaluation
import Primitives
import Screen
import Training

/// A scatter plot of samples on the two principal directions of their free latents, coloured by class.
public struct LatentMap {
  private let outputs: [EncoderOutput]
  private let places: [(x: Double, y: Double)]
  private let fractions: [Double]
  private let rowsVary: Bool
  private let className: (Int) -> String
  private let title: String

  private static let (width, height, margin, legendWidth) = (720.0, 560.0, 36.0, 100.0)

  /// Creates a map of one model's outputs for images of a data set; at least one.
  public init(_ outputs: [EncoderOutput], of origin: String, className: @escaping (Int) -> String) {
    let components = PrincipalComponents(of: outputs.map(\.latents))
    (fractions, rowsVary) = (components.explainedFractions, components.rowsVary)
    places = outputs.map { output in
      let place = components.project(output.latents)
      return (place.first ?? 0, place.count > 1 ? place[1] : 0)
    }
    (self.outputs, self.className) = (outputs, className)
    title = "free latents of \(outputs.count) samples, \(origin)"
  }

  /// Draws the map with its legend; both axes have the same scale.
  public var diagram: Diagram {
    var diagram = Diagram(width: Int(Self.width), height: Int(Self.height), title: title)
    drawFrame(in: &diagram)
    for (output, point) in zip(outputs, points) {
      diagram.add(.disc(point, radius: 3, output.label.map { .kind($0) } ?? .text))
    }
    drawLegend(in: &diagram)
    return diagram
  }

  /// The edges of the plot.
  private var plot: (left: Double, top: Double, right: Double, bottom: Double) {
    (Self.margin, Self.margin, Self.width - Self.legendWidth - Self.margin, Self.height - Self.margin)
  }

  /// The mean of all samples, and the latent distance per unit of the diagram.
  private struct Frame {
    let x, y, unit: Double

    init(_ places: [(x: Double, y: Double)], width: Double, height: Double) {
      let (xs, ys) = (places.map(\.x).filter(\.isFinite), places.map(\.y).filter(\.isFinite))
      let (left, right, low, high) = (xs.min() ?? 0, xs.max() ?? 0, ys.min() ?? 0, ys.max() ?? 0)
      (x, y) = ((left + right) / 2, (low + high) / 2)
      unit = max((right - left) / width, (high - low) / height, 1e-9)
    }
  }

  /// The positions of the samples in the plot.
  private var points: [Diagram.Point] {
    let (left, top, right, bottom) = plot
    let room = 12.0
    let frame = Frame(places, width: right - left - 2 * room, height: bottom - top - 2 * room)
    return places.map {
      Diagram.Point(
        (left + right) / 2 + ($0.x - frame.x) / frame.unit, (top + bottom) / 2 - ($0.y - frame.y) / frame.unit
      )
    }
  }

  private func drawFrame(in diagram: inout Diagram) {
    let (left, top, right, bottom) = plot
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    diagram.add(.line(corners.map { Diagram.Point($0.0, $0.1) }, .faint, width: 1))
    diagram.add(.text(title, Diagram.Point(left, top - 12), .start, .text))
    diagram.add(.text(axis(0) + " →", Diagram.Point(right, bottom + 20), .end, .text))
    diagram.add(.text("↑ " + axis(1), Diagram.Point(left, bottom + 20), .start, .text))
  }

  private func axis(_ index: Int) -> String {
    guard rowsVary else { return "component \(index + 1): \(undefinedText)" }
    let fraction = fractions.indices.contains(index) ? fractions[index] : 0
    return "component \(index + 1): \(NumberText.fixed(100 * fraction, decimals: 0)) %"
  }

  private func drawLegend(in diagram: inout Diagram) {
    let x = plot.right + 24
    for (row, label) in Set(outputs.compactMap(\.label)).sorted().enumerated() {
      let y = plot.top + 12 + 20 * Double(row)
      diagram.add(.disc(Diagram.Point(x, y), radius: 5, .kind(label)))
      diagram.add(.text(className(label), Diagram.Point(x + 14, y + 4), .start, .text))
    }
  }
}
