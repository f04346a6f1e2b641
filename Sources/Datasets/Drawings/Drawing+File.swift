extension Drawing {
  /// Reads the first image of an IDX file of images, plain or `.gz`.
  public static func read(_ path: String) throws(DatasetError) -> Drawing {
    Drawing(bytes: Array(try IDX.readImages(path)[..<ImageShape.pixelCount]))
  }

  /// An IDX file of one image: `[1, 28, 28]` bytes.
  public var fileBytes: [UInt8] {
    [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, UInt8(ImageShape.height), 0, 0, 0, UInt8(ImageShape.width)] + bytes
  }

  /// The picture as the only image of a data set, of class 0.
  public var images: StoredImages { StoredImages(pixels: bytes, labels: [0]) }
}
