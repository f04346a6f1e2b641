/// A file format of data sets that is not read, by its first bytes.
public enum ForeignFormat: String, Sendable, CaseIterable {
  case hdf5 = "HDF5"
  case parquet = "Parquet"
  case pickle = "Python pickle"
  case matlab = "MATLAB"
  case arff = "ARFF"
  case pyTorch = "PyTorch"
  case tar
  case bzip2
  case xz
  case zstandard = "Zstandard"

  /// Recognises a format by the first bytes of a file; nil for any other.
  init?(beginning bytes: [UInt8]) {
    let start = bytes.prefix(128)
    let text = { (text: String) in start.starts(with: text.utf8) }
    if start.starts(with: [0x89, 0x48, 0x44, 0x46]) {
      self = .hdf5
    } else if text("PAR1") {
      self = .parquet
    } else if start.count >= 2, start[0] == 0x80, (2...5).contains(start[1]) {
      self = .pickle
    } else if text("MATLAB") {
      self = .matlab
    } else if Self.isARFF(bytes) {
      self = .arff
    } else if text("BZh") {
      self = .bzip2
    } else if start.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]) {
      self = .xz
    } else if start.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
      self = .zstandard
    } else if bytes.count >= 262, bytes[257..<262].elementsEqual("ustar".utf8) {
      self = .tar
    } else {
      return nil
    }
  }

  /// Tells whether the text begins as an ARFF file of Weka: with `@relation`, after empty lines and comments.
  private static func isARFF(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first, "%@\r\n \t".utf8.contains(first) else { return false }
    let lines = bytes.split(whereSeparator: "\r\n".utf8.contains).lazy.map {
      $0.drop { $0 == 0x20 || $0 == 0x09 }
    }
    let line = lines.first { !$0.isEmpty && $0.first != UInt8(ascii: "%") }
    return line.map { String(decoding: $0.prefix(9), as: UTF8.self).lowercased() == "@relation" } ?? false
  }

  /// The advice for such a file.
  var advice: String {
    switch self {
    case .arff: "export it as CSV"
    case .hdf5, .parquet, .matlab: "convert it to .npz by numpy.savez"
    case .pickle, .pyTorch: "reading it would run what is in it; convert it to .npz by numpy.savez"
    case .tar, .bzip2, .xz, .zstandard: "unpack it"
    }
  }
}
