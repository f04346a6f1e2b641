import Formats
import Networks
import Training

/// Pictures along every coordinate around latent points: a row for each, with the point in the middle.
public struct LatentSheetFigure {
  private let painter: Painter
  private let coordinates: [NamedCoordinate]
  private let points: [(label: String, point: LatentPoint)]

  /// Creates the sheets of at least one point of `model`, one below the other.
  public init(_ painter: Painter, _ model: TypedModel, _ points: [(label: String, point: LatentPoint)]) {
    precondition(!points.isEmpty, "a sheet needs a point")
    (self.painter, self.points) = (painter, points)
    coordinates = NamedCoordinate.all(of: model)
  }

  /// Draws `count` pictures for each coordinate, an odd number.
  public func sheet(count: Int, scale: Int, showsLabels: Bool = true) throws(FigureError) -> PixelImage {
    var (rows, labels, captions): ([[PixelImage]], [String], [[String]]) = ([], [], [])
    for (label, point) in points {
      for coordinate in coordinates {
        let values = LatentSheet.values(
          around: point.value(ofSlider: coordinate.slider), in: coordinate.range,
          isCyclic: coordinate.isCyclic, count: count)
        rows.append(painter.pictures(of: values.map { point.setting(coordinate.slider, to: $0) }))
        labels.append(points.count > 1 ? "\(label) \(coordinate.name)" : coordinate.name)
        captions.append(values.map(coordinate.text))
      }
    }
    var sheet = ContactSheet(rows: rows, rowLabels: showsLabels ? labels : [], scale: scale)
    if showsLabels { sheet.captions = captions }
    return try sheet.image()
  }
}
