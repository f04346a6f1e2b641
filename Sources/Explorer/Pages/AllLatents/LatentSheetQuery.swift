import Kernels
import Networks
import Training

/// The pictures of the visible rows by slider.
struct LatentSheetPictures: Sendable {
  var columns: Int
  /// Intensities of each picture of a slider's row.
  var rows: [Int: [[Float]]]
}

/// A query for the pictures of the visible sliders.
struct LatentSheetQuery: Query {
  var model: TypedModel
  var sliders: LatentPoint
  /// The values of each visible slider's row.
  var values: [Int: [Double]]
  var columns: Int
  var subject: ShownSubject

  static var priority: QueryPriority { .analysis }

  init(_ session: Session, _ layout: LatentSheetLayout) {
    model = session.modelInUse.model
    sliders = session.sliders
    columns = layout.columns
    values = Dictionary(
      uniqueKeysWithValues: layout.rows.map { ($0, session.sheetValues($0, count: layout.columns)) })
    subject = session.subject
  }

  func answer(_ context: QueryContext, _ networks: inout NetworkCache) throws -> LatentSheetPictures {
    let inference = try networks.inference(of: model)
    let images = Matrix(rows: columns, columns: model.architecture.valueCount)
    var rows: [Int: [[Float]]] = [:]
    for (slider, values) in values {
      context.waitWhileSuspended()
      inference.decode(values.map { sliders.setting(slider, to: $0) }, into: images)
      rows[slider] = values.indices.map { images.row($0) }
    }
    return LatentSheetPictures(columns: columns, rows: rows)
  }
}
