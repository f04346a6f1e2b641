import Datasets
import Primitives

/// A failure to use a file of images or latents. Every case names the file.
public enum ExchangeError: Error, Sendable, Equatable {
  /// The file cannot be read.
  case file(FileError)
  /// The IDX file is invalid.
  case dataset(DatasetError)
  /// The NumPy file is invalid or has the wrong contents.
  case numPy(path: String, NumPyFault)
  /// The file is not a valid PNG of 28 × 28 pixels.
  case png(path: String, PNGFault)
  /// The file is not a valid table of latents; lines count from 1.
  case csv(path: String, line: Int, CSVFault)
  /// The file is empty.
  case empty(path: String)
  /// The file has more images or rows than the limit.
  case tooMany(path: String, count: Int, limit: Int)
  /// The number of rows changed while reading.
  case changed(path: String)
  /// A pixel of the image with this index is not in [0, 1].
  case pixelOutOfRange(path: String, image: Int, value: Float)
  /// The value in the row with this index is not valid for its coordinate.
  case valueOutOfRange(path: String, row: Int, column: String, value: Float)
  /// The encoder's output for the image with this index is not finite.
  case notANumber(image: Int)
}

extension ExchangeError: CustomStringConvertible {
  /// The error message, on one line, without control characters.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .dataset(let error): error.description
    case .numPy(let path, let fault): "\(path.printable): \(fault)"
    case .png(let path, let fault): "\(path.printable): \(fault)"
    case .csv(let path, let line, let fault): "\(path.printable): line \(line): \(fault)"
    case .empty(let path): "\(path.printable): the file is empty"
    case .tooMany(let path, let count, let limit):
      "\(path.printable): \(count) images or rows; the limit is \(limit)"
    case .changed(let path): "\(path.printable): the file changed while it was read"
    case .pixelOutOfRange(let path, let image, let value):
      "\(path.printable): image \(image) has a pixel of \(value); pixels go from 0 to 1, or are bytes (u1)"
    case .valueOutOfRange(let path, let row, let column, let value):
      "\(path.printable): row \(row): \(column) cannot be \(value)"
    case .notANumber(let image):
      "image \(image): the encoder's output is not a number; the weights are damaged"
    }
  }
}
