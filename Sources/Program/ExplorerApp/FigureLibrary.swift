import Datasets
import Explorer
import Figures
import Formats
import Libraries
import Primitives
import Screen

/// The figures that the explorer writes.
struct FigureLibrary: Sendable {
  /// The enlargement of one or a few images; a filmstrip has more images at a smaller scale.
  private static let pictureScale = 8

  /// The folder; nil without a home folder.
  let folder: String?

  /// Draws a figure and writes it under the first free name, unless a file contains it already.
  func write(_ request: FigureRequest) throws -> NumberedFiles.Written {
    let file = try Self.file(request)
    return try NumberedFiles.write(file.bytes, in: folder, "\(file.name)-", ".\(file.ending)")
  }

  private struct File {
    var name, ending: String
    var bytes: [UInt8]
  }

  private static func file(_ request: FigureRequest) throws -> File {
    let isInverted = request.isInverted
    func png(_ name: String, _ image: PixelImage) -> File {
      File(name: name, ending: "png", bytes: FigureBytes.png(image, isInverted: isInverted))
    }
    switch request.content {
    case .picture(let picture): return png("picture", image(picture).enlarged(by: pictureScale))
    case .pictures(let pictures): return png("pictures", try row(pictures, scale: pictureScale))
    case .strip(let pictures): return png("filmstrip", try row(pictures, scale: FigureDefaults.scale))
    case .film(let request):
      let filmstrip = try filmstrip(request)
      if let count = request.count {
        return png("filmstrip", try filmstrip.sheet(count: count, scale: FigureDefaults.scale))
      }
      let animation = try filmstrip.animation(
        frames: FigureDefaults.frames, delay: FigureDefaults.delay / 10, scale: FigureDefaults.scale)
      return File(
        name: "animation", ending: "gif", bytes: try FigureBytes.gif(animation, isInverted: isInverted))
    case .sheet(let request):
      let figure = LatentSheetFigure(
        try Painter(request.model), request.model, [(label: "", point: request.point)])
      return png("latents", try figure.sheet(count: request.columns, scale: FigureDefaults.scale))
    case .map(let map):
      let latentMap = LatentMap(map.outputs, of: map.origin) {
        map.classNames.indices.contains($0) ? map.classNames[$0] : String($0)
      }
      return File(
        name: "map", ending: "svg", bytes: FigureBytes.svg(latentMap.diagram, isInverted: isInverted))
    case .screen(let canvas, let capabilities, let asText):
      let screen = ScreenPicture(canvas: canvas, capabilities: capabilities)
      return File(
        name: "screen", ending: asText ? "ans" : "svg", bytes: screen.bytes(of: asText ? .text : .svg))
    }
  }

  private static func image(_ picture: FigureRequest.Picture) -> PixelImage {
    PixelImage(planes: picture.pixels, width: picture.shape.width, height: picture.shape.height)
  }

  private static func row(_ pictures: [FigureRequest.Picture], scale: Int) throws -> PixelImage {
    try ContactSheet(rows: [pictures.map(image)], columnLabels: pictures.map(\.label), scale: scale).image()
  }

  private static func filmstrip(_ request: FigureRequest.Filmstrip) throws -> Filmstrip {
    let path: LatentPath =
      switch request.path {
      case .traversal(let slider, let point):
        .traversal(NamedCoordinate.all(of: request.model)[slider], from: point)
      case .interpolation(let start, let end):
        .interpolation(request.model.architecture.schema, from: start, to: end)
      }
    return Filmstrip(try Painter(request.model), [Filmstrip.Row(label: request.label, path: path)])
  }
}
