extension Drawing {
  /// Reads the first image of an IDX file, plain or `.gz`.
  public static func read(_ path: String) throws(DatasetError) -> Drawing {
    Drawing(bytes: Array(try IDX.readImages(path)[..<ImageShape.pixelCount]))
  }

  /// The bytes of an IDX file with one image: `[1, 28, 28]`.
  public var fileBytes: [UInt8] {
    [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, UInt8(ImageShape.height), 0, 0, 0, UInt8(ImageShape.width)] + bytes
  }

  /// The drawing as the only image of a source, with label 0.
  public var images: StoredImages { StoredImages(pixels: bytes, labels: [0]) }
}
