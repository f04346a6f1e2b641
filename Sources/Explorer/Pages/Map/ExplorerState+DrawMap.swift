import Screen

extension ExplorerState {
  /// Draws the map and, beside it, the picture decoded at the current point.
  func drawMap(on canvas: inout Canvas, in region: Rectangle) {
    let mapRegion = Self.mapRegion(region)
    if let mapView {
      mapView.draw(on: &canvas, in: mapRegion, capabilities: capabilities)
    } else {
      canvas.put("encoding samples…", in: mapRegion, .faint, alignment: .center)
    }
    guard mapRegion.width < region.width else { return }
    let side = Rectangle(
      column: mapRegion.columns.upperBound + 2, row: region.row, width: 28, height: min(15, region.height))
    drawCaptioned(pictures.decoded, "decoded", style: .selected, on: &canvas, in: side)
    guard let input = pictures.input, region.height >= 30 else { return }
    let lower = Rectangle(column: side.column, row: side.row + 15, width: 28, height: 15)
    drawCaptioned(input, inputCaption(width: lower.width), on: &canvas, in: lower)
  }
}
