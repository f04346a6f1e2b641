import Primitives

/// A failure to read a file of a format, whose invalid contents are a `Fault`.
public enum FormatError<Fault: Error & Sendable & Equatable>: Error, Sendable, Equatable {
  /// The file cannot be read.
  case file(FileError)
  /// The contents are invalid.
  case invalid(path: String, Fault)
}

extension ByteStream {
  /// Reads up to `count` bytes, or fewer at the end, with the error of a format.
  func read<Fault>(upTo count: Int, faults: Fault.Type) throws(FormatError<Fault>) -> [UInt8] {
    do { return try read(upTo: count) } catch { throw .file(error) }
  }
}
