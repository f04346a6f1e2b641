import Checkpoints
import Datasets
import Explorer
import Figures
import Foundation
import Screen

/// The figures that the explorer writes.
enum FigureLibrary {
  /// The enlargement of one or a few images; a filmstrip has more images at a smaller scale.
  private static let pictureScale = 8

  /// The folder; nil without a home folder.
  static var folder: String? {
    DataLocations.folder(ofSet: "figures", environment: ProcessInfo.processInfo.environment)
  }

  /// Draws a figure and writes it under the first free name, unless a file contains it already.
  static func write(_ order: FigureRequest) throws -> NumberedFiles.Written {
    let file = try file(order)
    return try NumberedFiles.write(file.bytes, in: folder, "\(file.name)-", ".\(file.ending)")
  }

  private struct File {
    var name, ending: String
    var bytes: [UInt8]
  }

  private static func file(_ order: FigureRequest) throws -> File {
    let isInverted = order.isInverted
    func png(_ name: String, _ image: PixelImage) -> File {
      File(name: name, ending: "png", bytes: FigureBytes.png(image, isInverted: isInverted))
    }
    switch order.content {
    case .picture(let picture): return png("picture", image(picture).enlarged(by: pictureScale))
    case .pictures(let pictures): return png("pictures", try row(pictures, scale: pictureScale))
    case .strip(let pictures): return png("filmstrip", try row(pictures, scale: FigureDefaults.scale))
    case .film(let order):
      let film = try film(order)
      if let count = order.count {
        return png("filmstrip", try film.sheet(count: count, scale: FigureDefaults.scale))
      }
      let animation = try film.animation(
        frames: FigureDefaults.frames, delay: FigureDefaults.delay / 10, scale: FigureDefaults.scale)
      return File(
        name: "animation", ending: "gif", bytes: try FigureBytes.gif(animation, isInverted: isInverted))
    case .map(let map):
      let latentMap = LatentMap(map.readings, of: map.origin) {
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
    PixelImage(intensities: picture.pixels, width: ImageShape.width)
  }

  private static func row(_ pictures: [FigureRequest.Picture], scale: Int) throws -> PixelImage {
    try ContactSheet(rows: [pictures.map(image)], columnLabels: pictures.map(\.label), scale: scale).image()
  }

  private static func film(_ order: FigureRequest.Filmstrip) throws -> Filmstrip {
    let path: LatentPath =
      switch order.path {
      case .traversal(let slider, let reading):
        .traversal(NamedCoordinate.all(of: order.model)[slider], from: reading)
      case .interpolation(let start, let end):
        .interpolation(order.model.architecture.schema, from: start, to: end)
      }
    return Filmstrip(try Painter(order.model), [Filmstrip.Row(label: order.label, path: path)])
  }
}
