import Essentials
import Primitives

/// An error with its message.
package struct Failure: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) {
    self.description = description
  }
}

extension Error {
  /// The error as one sentence. Errors of this program have their own; those of libraries get one, with the
  /// file and the system's reason if given.
  package var sentence: String {
    switch self {
    case let error as CocoaError:
      "\(error.filePath.map { "\($0.printable): " } ?? "")\(error.underlying?.sentence ?? "the file cannot be used")"
    case let error as POSIXError: FileError.reason(of: error.code.rawValue)
    case is EncodingError: "a result cannot be written as JSON"
    case is DecodingError: "a text that should be JSON cannot be read"
    default: "\(self)"
    }
  }
}
