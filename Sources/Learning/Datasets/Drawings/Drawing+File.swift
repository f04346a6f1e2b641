import Formats

extension Drawing {
  /// Reads the first image of an IDX file, plain or `.gz`.
  public static func read(_ path: String) throws(DatasetError) -> Drawing {
    Drawing(bytes: Array(try IDX.readImages(path)[..<ImageShape.pixelCount]))
  }

  /// The bytes of an IDX file with one image: `[1, 28, 28]`.
  public var fileBytes: [UInt8] {
    IDXHeader.encode([1] + IDX.imageShape) + bytes
  }

  /// The drawing as the only image of a source, with label 0.
  public var images: StoredImages { StoredImages(pixels: bytes, labels: [0]) }
}
