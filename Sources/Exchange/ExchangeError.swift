import Datasets
import Primitives

/// Why a file of images or latents cannot be used. Every case names the file.
public enum ExchangeError: Error, Sendable, Equatable {
  /// It could not be read at all.
  case file(FileError)
  /// It is no sound IDX file.
  case dataset(DatasetError)
  /// It is no sound NumPy file of what it should hold.
  case numPy(path: String, NumPyFault)
  /// It is no sound PNG of 28×28 pixels.
  case png(path: String, PNGFault)
  /// It is no table of latents; lines count from 1.
  case csv(path: String, line: Int, CSVFault)
  /// There is nothing in it.
  case empty(path: String)
  /// There is more in it than is read.
  case tooMany(path: String, count: Int, limit: Int)
  /// It had another number of rows when it was counted.
  case changed(path: String)
  /// A pixel of the image at this position, from 0, is not in [0, 1].
  case pixelOutOfRange(path: String, image: Int, value: Float)
  /// A coordinate cannot have the value in this row, from 0.
  case valueOutOfRange(path: String, row: Int, column: String, value: Float)
  /// The model reads something that is no number from the image at this position, from 0.
  case notANumber(image: Int)
}

extension ExchangeError: CustomStringConvertible {
  /// A sentence for people, on one line, without control characters.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .dataset(let error): error.description
    case .numPy(let path, let fault): "\(path.printable): \(fault)"
    case .png(let path, let fault): "\(path.printable): \(fault)"
    case .csv(let path, let line, let fault): "\(path.printable): line \(line): \(fault)"
    case .empty(let path): "\(path.printable): there is nothing in it"
    case .tooMany(let path, let count, let limit):
      "\(path.printable): it announces \(count) images or rows; the limit is \(limit)"
    case .changed(let path): "\(path.printable): the file changed while it was read"
    case .pixelOutOfRange(let path, let image, let value):
      "\(path.printable): image \(image) has a pixel of \(value); pixels go from 0 to 1, or are bytes (u1)"
    case .valueOutOfRange(let path, let row, let column, let value):
      "\(path.printable): row \(row): \(column) cannot be \(value)"
    case .notANumber(let image):
      "image \(image): the model's reading is no number; its weights are damaged"
    }
  }
}
