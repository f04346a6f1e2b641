import Primitives

/// A file format of images: how files and data sets in it are recognised and opened.
///
/// `all` is the one list of them, for `--data` and for `encode`. A new format is a value in a file of its own and a
/// place in this list.
public struct ImageFormat: Sendable {
  /// The formats, in the order in which they are tried.
  public static let all: [ImageFormat] = [.idx, .png, .numPy]

  /// The name of the format, for options.
  public let name: String
  /// The ends of its files' names, in lower case; the first is the usual one.
  public let endings: [String]
  /// Opens a file of images.
  public let open: @Sendable (ImageFile) throws(DatasetError) -> any ImageReader
  /// The data sets in this format; nil where it has none.
  public let datasets: DatasetLoader?

  /// The data sets of a format: labelled images for training and for testing.
  public struct DatasetLoader: Sendable {
    /// Tells whether there is a data set of this format at a path.
    public let isPresent: @Sendable (_ path: String) -> Bool
    /// Loads one split of the data set at a path.
    public let load: @Sendable (Split, _ path: String) throws(DatasetError) -> StoredImages

    /// Creates a description of data sets.
    public init(
      isPresent: @escaping @Sendable (_ path: String) -> Bool,
      load: @escaping @Sendable (Split, _ path: String) throws(DatasetError) -> StoredImages
    ) {
      (self.isPresent, self.load) = (isPresent, load)
    }
  }

  /// Creates a format.
  public init(
    name: String, endings: [String], datasets: DatasetLoader? = nil,
    open: @escaping @Sendable (ImageFile) throws(DatasetError) -> any ImageReader
  ) {
    (self.name, self.endings, self.datasets, self.open) = (name, endings, datasets, open)
  }

  /// The format of a file, by the end of its name.
  public static func ofFile(named path: String) -> ImageFormat? {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    return all.first { $0.endings.contains(where: name.hasSuffix) }
  }

  /// The loader of the data set at `path`: that of the last format that has one there, as any folder may be one
  /// of IDX files.
  public static func datasets(at path: String) -> DatasetLoader? {
    all.compactMap(\.datasets).last { $0.isPresent(path) }
  }
}

extension ImageFormat {
  /// MNIST's: files of images and folders of them with labels, plain or gzip.
  static let idx = ImageFormat(
    name: "idx", endings: ["idx3-ubyte", ".idx", "idx3-ubyte.gz", ".idx.gz"],
    datasets: DatasetLoader(isPresent: Folder.isPresent) { split, path throws(DatasetError) in
      try IDXDirectory.loadSplit(split, in: path)
    }
  ) { file throws(DatasetError) in
    try file.reopened { stream, isCompressed throws(DatasetError) in
      try IDXImageReader(stream, isCompressed: isCompressed, shape: file.shape)
    }
  }

  /// Pictures, one in each file.
  static let png = ImageFormat(name: "png", endings: [".png"]) { file throws(DatasetError) in
    PNGImageReader(shape: file.shape, file.open)
  }

  /// Arrays of NumPy.
  static let numPy = ImageFormat(name: "npy", endings: [".npy"]) { file throws(DatasetError) in
    try file.reopened { stream, _ throws(DatasetError) in try NumPyImageReader(stream, shape: file.shape) }
  }
}

/// A file of images, a pipe or standard input.
public struct ImageFile {
  /// The path.
  public let path: String
  /// The shape that its images must have.
  public let shape: ImageShape
  /// A Boolean value that is true for what can be read only once.
  public let isReadOnce: Bool
  /// Opens it.
  public let open: () throws(FileError) -> ByteStream

  /// Creates a description of a file.
  public init(
    path: String, shape: ImageShape, isReadOnce: Bool, open: @escaping () throws(FileError) -> ByteStream
  ) {
    (self.path, self.shape, self.isReadOnce, self.open) = (path, shape, isReadOnce, open)
  }

  /// A reader of the opened file; few files are open at once.
  ///
  /// - Parameter reader: receives the stream, and true if it is compressed, judged by the name, or by the first
  ///   bytes of a pipe.
  public func reopened(
    _ reader: @escaping (ByteStream, _ isCompressed: Bool) throws(DatasetError) -> any ImageReader
  ) throws(DatasetError) -> any ImageReader {
    let opened = { () throws(DatasetError) -> any ImageReader in
      let (stream, isCompressed): (ByteStream, Bool)
      do throws(FileError) {
        stream = try open()
        isCompressed =
          isReadOnce ? try stream.peek(2) == [0x1F, 0x8B] : path.lowercased().hasSuffix(".gz")
      } catch { throw .file(error) }
      return try reader(stream, isCompressed)
    }
    return isReadOnce ? try opened() : try ReopeningImageReader(path, opened)
  }
}
