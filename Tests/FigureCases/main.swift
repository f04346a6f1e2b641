import Figures
import Formats
import Foundation
import Screen

// Writes pictures whose pixels are known into a folder: `NAME.png` or `NAME.gif`, and beside it `NAME.raw`, the
// red, green and blue of every pixel of every frame; `NAME.svg`, a screen whose half cells are such pixels.
// `Reference/check_figures.py` compares.
//
//     FigureCases FOLDER

/// Bytes in no order, always the same ones.
func bytes(_ count: Int, below limit: Int, seed: Int) -> [UInt8] {
  var state = UInt64(seed + 1) &* 0x9E37_79B9_7F4A_7C15
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return UInt8((state >> 40) % UInt64(limit))
  }
}

func palette(_ count: Int) -> [PixelImage.RGB] {
  (0..<count).map { (index: Int) -> PixelImage.RGB in
    PixelImage.RGB(UInt8(index), UInt8(255 - index), UInt8((index * 7) % 256))
  }
}

func raw(_ image: PixelImage) -> [UInt8] {
  switch image.colors {
  case .grey: image.bytes.flatMap { [$0, $0, $0] }
  case .rgb: image.bytes
  case .palette(let colors):
    image.bytes.flatMap { [colors[Int($0)].red, colors[Int($0)].green, colors[Int($0)].blue] }
  }
}

guard CommandLine.arguments.count == 2 else {
  FileHandle.standardError.write(Data("usage: FigureCases FOLDER\n".utf8))
  exit(64)
}
let folder = URL(fileURLWithPath: CommandLine.arguments[1])
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)

func write(_ name: String, _ file: [UInt8], _ frames: [PixelImage]) throws {
  try Data(file).write(to: folder.appendingPathComponent(name))
  let beside = name.replacingOccurrences(of: ".", with: "-") + ".raw"
  try Data(frames.flatMap(raw)).write(to: folder.appendingPathComponent(beside))
}

for (number, size) in [(1, 1), (28, 28), (3, 90), (301, 2), (256, 200)].enumerated() {
  let (width, height) = size
  let count = width * height
  var images = [
    PixelImage(width: width, height: height, bytes: bytes(count, below: 256, seed: number)),
    PixelImage(width: width, height: height, colors: .rgb, bytes: bytes(3 * count, below: 256, seed: number)),
  ]
  for colors in [1, 2, 3, 5, 16, 17, 200, 256] {
    let kind = PixelImage.Colors.palette(palette(colors))
    func image(_ seed: Int) -> PixelImage {
      PixelImage(width: width, height: height, colors: kind, bytes: bytes(count, below: colors, seed: seed))
    }
    images.append(image(number))
    let frames = (0..<3).map { image(number + $0) }
    try write(
      "\(width)x\(height)-\(colors).gif", try GIF.encode(Animation(frames: frames, delay: 10 + number)),
      frames)
  }
  for (index, image) in images.enumerated() {
    try write("\(width)x\(height)-\(index).png", PNG.encode(image), [image])
  }
  let greys = (0..<4).map {
    PixelImage(width: width, height: height, bytes: bytes(count, below: 256, seed: number + $0))
  }
  try write("\(width)x\(height)-grey.gif", try GIF.encode(Animation(frames: greys, delay: 3)), greys)
}

/// The level of one of xterm's greys.
func grey(_ color: TerminalColor?) -> UInt8 {
  guard case .palette(let number) = color, number != 16 else { return 0 }
  return number == 231 ? 255 : 8 + 10 * (number - 232)
}

// Screens full of half blocks, whole cells and shades of them all.
for (number, size) in [(1, 1), (7, 3), (40, 20)].enumerated() {
  let (columns, rows) = size
  let levels = bytes(2 * columns * rows, below: Int(Color.brightestGrey) + 1, seed: number)
  var canvas = Canvas(size: Size(width: columns, height: rows))
  var pixels = [UInt8](repeating: 0, count: 2 * columns * rows)
  for row in 0..<rows {
    for column in 0..<columns {
      let (upper, lower) = (2 * row * columns + column, (2 * row + 1) * columns + column)
      let colors = (Color.grey(levels[upper]), Color.grey(levels[lower]))
      // Every fifth cell has one colour.
      let isWhole = (row * columns + column) % 5 == 0
      let style = isWhole ? Style(.standard, on: colors.1) : Style(colors.0, on: colors.1)
      canvas[column, row] = Cell(isWhole ? " " : "▀", style)
      pixels[lower] = grey(colors.1.resolved(.many))
      pixels[upper] = isWhole ? pixels[lower] : grey(colors.0.resolved(.many))
    }
  }
  let svg = SVG.encode(canvas, capabilities: .full, title: "half cells")
  try write(
    "\(columns)x\(rows).svg", Array(svg.utf8),
    [PixelImage(width: columns, height: 2 * rows, bytes: pixels)])
}
