import Formats
import Primitives

/// An invalid data set. Every case names the file or folder.
public enum DatasetError: Error, Sendable, Equatable {
  /// A file could not be read.
  case file(FileError)
  /// None of the file names of data sets exists in the folder.
  case missing(folder: String, names: [String])
  /// The IDX file is invalid.
  case idx(path: String, IDXFault)
  /// The NumPy file is invalid or has the wrong contents.
  case numPy(path: String, NumPyFault)
  /// The file is not a valid PNG of the right size.
  case png(path: String, PNGFault)
  /// The file's images have another shape than is needed.
  case wrongShape(path: String, ImageShape, expected: ImageShape)
  /// The file is not a picture that can be read.
  case picture(path: String, PictureFault)
  /// The folder is not one of pictures.
  case folder(path: String, PictureFolderFault)
  /// The file is not comma-separated text.
  case csv(path: String, CSVFault)
  /// The file is not a table of numbers.
  case table(path: String, TableFault)
  /// The columns of the table are not those of images.
  case tableLayout(path: String, TableLayoutFault)
  /// The images of the source do not make a data set.
  case assembly(path: String, AssemblyFault)
  /// The file is empty.
  case empty(path: String)
  /// The file has more images than the limit.
  case tooMany(path: String, count: Int, limit: Int)
  /// The number of images changed while reading.
  case changed(path: String)
  /// A pixel of the image with this index is not in [0, 1].
  case pixelOutOfRange(path: String, image: Int, value: Float)
  /// The numbers of images and labels of a split differ.
  case countsDiffer(imagesPath: String, images: Int, labelsPath: String, labels: Int)
  /// A label is not below the number of classes.
  case labelBeyondClasses(path: String, index: Int, label: Int, classes: Int)
  /// The ZIP archive is invalid.
  case zip(path: String, ZIPFault)
  /// The data set has another fault, or it is not clear what is meant.
  case source(path: String, SourceFault)
}

extension DatasetError: CustomStringConvertible {
  /// The error message, on one line, without control characters.
  public var description: String {
    switch self {
    case .file(let error):
      error.description
    case .missing(let folder, let names):
      "\(folder.printable): no \(names.map(\.printable).joined(separator: ", nor ")) in this folder"
        + (Self.fetching(folder: folder).map { "; \($0)" } ?? "")
    case .idx(let path, let fault):
      "\(path.printable): \(fault)\(fault.concernsGzip ? "; \(Self.fetchingAgain(path))" : "")"
    case .numPy(let path, let fault): "\(path.printable): \(fault)"
    case .png(let path, let fault): "\(path.printable): \(fault)"
    case .wrongShape(let path, let shape, let expected):
      "\(path.printable): images of \(shape), not of \(expected)"
    case .picture(let path, let fault): "\(path.printable): \(fault)"
    case .folder(let path, let fault): "\(path.printable): \(fault)"
    case .csv(let path, let fault): "\(path.printable): \(fault)"
    case .table(let path, let fault): "\(path.printable): \(fault)"
    case .tableLayout(let path, let fault): "\(path.printable): \(fault)"
    case .assembly(let path, let fault): "\(path.printable): \(fault)"
    case .empty(let path): "\(path.printable): the file is empty"
    case .tooMany(let path, let count, let limit):
      "\(path.printable): \(count) images or rows; the limit is \(limit)"
    case .changed(let path): "\(path.printable): the file changed while it was read"
    case .pixelOutOfRange(let path, let image, let value):
      "\(path.printable): image \(image) has a pixel of \(value); pixels go from 0 to 1, or are bytes (u1)"
    case .countsDiffer(let imagesPath, let images, let labelsPath, let labels):
      "\(imagesPath.printable): \(images) images, but \(labels) labels in \(labelsPath.printable)"
    case .labelBeyondClasses(let path, let index, let label, let classes):
      "\(path.printable): label \(index) is \(label), but there are \(classes) classes, counted from 0"
    case .zip(let path, let fault): "\(path.printable): \(fault)"
    case .source(let path, let fault): "\(path.printable): \(fault)"
    }
  }

  private static func fetchingAgain(_ path: String) -> String {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) }
    return folder.flatMap(fetching) ?? "fetch the file again"
  }

  /// The command that downloads the set after which a folder is named, where there is one.
  private static func fetching(folder: String) -> String? {
    let name = IDXDirectory.folderName(of: folder)
    return DataLocations.publicSets.contains(name) ? "'latent-explorer fetch \(name)' gets it" : nil
  }
}

extension IDXFault {
  /// Tells whether a new download may help.
  fileprivate var concernsGzip: Bool {
    switch self {
    case .notGzip, .damagedGzip: true
    default: false
    }
  }
}

extension DatasetError {
  init(_ error: FormatError<IDXFault>) {
    switch error {
    case .file(let error): self = .file(error)
    case .invalid(let path, let fault): self = .idx(path: path, fault)
    }
  }

  init(_ error: FormatError<NumPyFault>) {
    switch error {
    case .file(let error): self = .file(error)
    case .invalid(let path, let fault): self = .numPy(path: path, fault)
    }
  }

  package init(_ error: FormatError<ZIPFault>) {
    switch error {
    case .file(let error): self = .file(error)
    case .invalid(let path, let fault): self = .zip(path: path, fault)
    }
  }
}
