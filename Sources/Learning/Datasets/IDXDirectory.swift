import Primitives

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A folder with the four files of a data set in MNIST's format.
///
/// Their names are `{train,t10k}-{images-idx3,labels-idx1}-ubyte`, or with a dot before `idx`, each with or
/// without `.gz`.
public enum IDXDirectory {
  /// Loads the data set in `directory`, named after the folder.
  ///
  /// - Throws: `DatasetError` for the first fault in one of the four files.
  public static func load(_ directory: String) throws(DatasetError) -> Dataset {
    let name = folderName(of: directory)
    let test = try loadSplit(.test, in: directory)
    let training = try loadSplit(.training, in: directory)
    return Dataset(
      name: name, title: title(ofSet: name), classNames: classNames(ofSet: name), training: training,
      test: test)
  }

  /// Loads one split, so that test images can be shown before the training images are inflated.
  ///
  /// - Throws: `DatasetError` for the first fault in one of the split's two files.
  public static func loadSplit(
    _ split: Split, in directory: String
  ) throws(DatasetError) -> StoredImages {
    let imagesPath = try find("\(split.filePrefix)-images", "idx3-ubyte", in: directory)
    let labelsPath = try find("\(split.filePrefix)-labels", "idx1-ubyte", in: directory)
    let classCount = classNames(ofSet: folderName(of: directory)).count
    let labels = try IDX.readLabels(labelsPath, classCount: classCount)
    let pixels = try IDX.readImages(imagesPath, .mnist)
    let imageCount = pixels.count / ImageShape.mnist.pixelCount
    guard imageCount == labels.count else {
      throw .countsDiffer(
        imagesPath: imagesPath, images: imageCount, labelsPath: labelsPath, labels: labels.count)
    }
    return StoredImages(pixels: pixels, labels: labels)
  }

  /// The contents of the four files, as far as they are there and their headers are valid.
  public static func description(of directory: String) -> SourceDescription {
    let name = folderName(of: directory)
    let files: [(Split, part: String)] = [(.training, "train"), (.test, "test")]
    let entries = files.flatMap { split, part in
      fileKinds.compactMap { kind, type -> SourceDescription.Entry? in
        guard let path = try? find("\(split.filePrefix)-\(kind)", type, in: directory),
          let array = try? SourceArray.idx(path, key: SourceRequest(path: path).fileName)
        else { return nil }
        return SourceDescription.Entry(
          name: array.key, type: array.type.kind.rawValue, shape: array.shape, use: "\(kind) (\(part))")
      }
    }
    return SourceDescription(
      kind: DataSourceKind.idx.name, name: name, entries: entries, range: RangeRule.bytes.text,
      classNames: classNames(ofSet: name))
  }

  /// The last component of the path, made printable; for `.` and the like, that of the resolved path.
  public static func folderName(of directory: String) -> String {
    let last = directory.split(separator: "/").last.map(String.init) ?? ""
    guard ["", ".", ".."].contains(last), let resolved = realpath(directory, nil) else {
      return last.printable
    }
    defer { free(resolved) }
    return String(cString: resolved).split(separator: "/").last.map { String($0).printable } ?? "/"
  }

  /// The class names of a set: Fashion-MNIST's, or else the ten digits.
  public static func classNames(ofSet name: String) -> [String] {
    knownClassNames(ofSet: name) ?? (0...9).map(String.init)
  }

  /// The class names of Fashion-MNIST, as the name of a set also without the hyphen; nil for other sets.
  static func knownClassNames(ofSet name: String) -> [String]? {
    let name = name.lowercased().filter { $0.isLetter || $0.isNumber }
    return name == "fashionmnist" ? fashionClassNames : nil
  }

  /// The display name of a set.
  public static func title(ofSet name: String) -> String {
    switch name.lowercased() {
    case "mnist": "MNIST"
    case "fashion-mnist": "Fashion-MNIST"
    case "kmnist": "KMNIST"
    default: name
    }
  }

  /// Tells whether one of the four files exists in `directory`, or cannot be seen.
  public static func hasFiles(_ directory: String) -> Bool {
    Split.allCases.contains { split in
      fileKinds.contains { kind, type in
        (try? find("\(split.filePrefix)-\(kind)", type, in: directory)) != nil
      }
    }
  }

  /// Tells whether the images of one of the splits in `directory` have another size than MNIST's.
  public static func hasOtherSize(_ directory: String) -> Bool {
    Split.allCases.contains { split in
      guard let path = try? find("\(split.filePrefix)-images", "idx3-ubyte", in: directory),
        let array = try? SourceArray.idx(path, key: path)
      else { return false }
      return array.shape.count == 3 && array.rowShape != [ImageShape.mnist.height, ImageShape.mnist.width]
    }
  }

  /// Tells whether all four files exist in `directory` and may be read.
  public static func isComplete(_ directory: String) -> Bool {
    Split.allCases.allSatisfy { split in
      fileKinds.allSatisfy { kind, type in
        (try? find("\(split.filePrefix)-\(kind)", type, in: directory)).map { access($0, R_OK) == 0 } ?? false
      }
    }
  }

  /// Throws `DatasetError.missing` for the first of the four files that does not exist in `directory`.
  static func requireFiles(in directory: String) throws(DatasetError) {
    for split in [Split.test, .training] {
      _ = try find("\(split.filePrefix)-images", "idx3-ubyte", in: directory)
      _ = try find("\(split.filePrefix)-labels", "idx1-ubyte", in: directory)
    }
  }

  /// The two files of a split: the words in their names.
  private static let fileKinds = [("images", "idx3-ubyte"), ("labels", "idx1-ubyte")]

  private static let fashionClassNames = [
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
  ]

  /// The path of the first file that exists, plain before compressed.
  private static func find(
    _ stem: String, _ type: String, in directory: String
  ) throws(DatasetError) -> String {
    let names = ["\(stem)-\(type)", "\(stem).\(type)", "\(stem)-\(type).gz", "\(stem).\(type).gz"]
    let folder = directory.isEmpty || directory.hasSuffix("/") ? directory : directory + "/"
    // A file that exists but is inaccessible counts as found, so that reading it reports the reason.
    if let name = names.first(where: { access(folder + $0, F_OK) == 0 || errno != ENOENT }) {
      return folder + name
    }
    if access(folder, F_OK) != 0 { throw .file(.refused(.open, path: directory, code: errno)) }
    throw .missing(folder: directory, names: names)
  }
}

extension Split {
  fileprivate var filePrefix: String {
    switch self {
    case .training: "train"
    case .test: "t10k"
    }
  }
}
