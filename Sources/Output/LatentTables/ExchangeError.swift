import Datasets
import Formats
import Primitives

/// A failure to use a file of images or latents. Every case names the file.
public enum ExchangeError: Error, Sendable, Equatable {
  /// The file cannot be read.
  case file(FileError)
  /// The file of images is invalid.
  case dataset(DatasetError)
  /// The NumPy file is invalid or has the wrong contents.
  case numPy(path: String, NumPyFault)
  /// The file is not a valid table of latents; lines count from 1.
  case csv(path: String, line: Int, LatentTableFault)
  /// The file is empty.
  case empty(path: String)
  /// The file has more rows than the limit.
  case tooMany(path: String, count: Int, limit: Int)
  /// The number of rows changed while reading.
  case changed(path: String)
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
    case .csv(let path, let line, let fault): "\(path.printable): line \(line): \(fault)"
    case .empty(let path): "\(path.printable): the file is empty"
    case .tooMany(let path, let count, let limit):
      "\(path.printable): \(count) images or rows; the limit is \(limit)"
    case .changed(let path): "\(path.printable): the file changed while it was read"
    case .valueOutOfRange(let path, let row, let column, let value):
      "\(path.printable): row \(row): \(column) cannot be \(value)"
    case .notANumber(let image):
      "image \(image): the encoder's output is not a number; the weights are damaged"
    }
  }
}

extension ExchangeError {
  init(_ error: FormatError<NumPyFault>) {
    switch error {
    case .file(let error): self = .file(error)
    case .invalid(let path, let fault): self = .numPy(path: path, fault)
    }
  }
}
