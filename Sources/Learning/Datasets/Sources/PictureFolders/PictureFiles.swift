import Formats
import Primitives

/// The pictures of files as images of one shape.
///
/// Pictures of mixed sizes are padded to squares by the background and resized to the same side; grey ones among ones
/// in colour become colour.
struct PictureFiles: Sendable {
  let shape: ImageShape
  /// True if sizes are mixed, so that pictures are padded.
  let isPadded: Bool
  private let reader: PictureReader
  private let background: UInt8

  /// Reads the headers of the files.
  ///
  /// - Parameters:
  ///   - paths: at least one.
  ///   - background: the value that shows through transparent pixels, and of padding.
  init(_ paths: some Collection<String>, background: UInt8, reader: PictureReader = PictureReader())
    throws(DatasetError)
  {
    (self.reader, self.background) = (reader, background)
    var (sizes, isColor): (Set<[Int]>, Bool) = ([], false)
    for path in paths {
      let header = try Self.header(path, reader)
      sizes.insert([header.width, header.height])
      if header.channels == 3 { isColor = true }
    }
    isPadded = sizes.count > 1
    let side = min(sizes.flatMap { $0 }.max() ?? 0, ImageShape.sides.upperBound)
    let size = isPadded ? [side, side] : sizes.first ?? [0, 0]
    shape = ImageShape(width: size[0], height: size[1], channels: isColor ? 3 : 1)
  }

  /// The interleaved bytes of the picture at `path`.
  func pixels(_ path: String) throws(DatasetError) -> [UInt8] {
    let file = try Self.read(path)
    let picture: PixelImage
    do { picture = try reader.image(file, background: background) } catch {
      throw .picture(path: path, error)
    }
    let image = PixelImage(
      width: picture.width, height: picture.height, colors: shape.channels == 1 ? .grey : .rgb,
      bytes: Self.bytes(of: picture, channels: shape.channels))
    guard isPadded else {
      guard [picture.width, picture.height] == [shape.width, shape.height] else { throw .changed(path: path) }
      return image.bytes
    }
    let side = max(image.width, image.height)
    var square: [UInt8] = []
    ImageResizer(from: (side, side), to: (shape.width, shape.height), channels: shape.channels)
      .resize(padded(image, to: side).span, into: &square)
    return square
  }

  /// The bytes of a picture, of which colours become grey, or greys colour.
  private static func bytes(of picture: PixelImage, channels: Int) -> [UInt8] {
    let bytes = picture.bytes
    if picture.colors.bytesPerPixel == channels { return bytes }
    if channels == 3 { return bytes.flatMap { [$0, $0, $0] } }
    return stride(from: 0, to: bytes.count, by: 3).map {
      PixelImage.luma(bytes[$0], bytes[$0 + 1], bytes[$0 + 2])
    }
  }

  /// The image in the middle of a square.
  private func padded(_ image: PixelImage, to side: Int) -> [UInt8] {
    let pixelSize = image.colors.bytesPerPixel
    var square = [UInt8](repeating: background, count: side * side * pixelSize)
    let (left, top) = ((side - image.width) / 2, (side - image.height) / 2)
    let rowSize = image.width * pixelSize
    for row in 0..<image.height {
      let start = ((top + row) * side + left) * pixelSize
      square.replaceSubrange(start..<start + rowSize, with: image.bytes[row * rowSize..<(row + 1) * rowSize])
    }
    return square
  }

  private static func header(_ path: String, _ reader: PictureReader) throws(DatasetError) -> PictureHeader {
    let start: [UInt8]
    do { start = try FileBytes.beginning(of: path, count: PictureReader.headerSize).bytes } catch {
      throw .file(error)
    }
    let header = try reader.header(start) { () throws(DatasetError) in try read(path) }
    do { return try header.get() } catch { throw .picture(path: path, error) }
  }

  private static func read(_ path: String) throws(DatasetError) -> [UInt8] {
    do { return try FileBytes.read(path, limit: PictureReader.sizeLimit) } catch { throw .file(error) }
  }
}
