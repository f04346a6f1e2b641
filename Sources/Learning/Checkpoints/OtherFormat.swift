/// Another file format that is commonly mistaken for safetensors, recognised by its first bytes.
public enum OtherFormat: Sendable, Equatable, CaseIterable {
  /// HTML, as a server sends in place of a missing file.
  case webPage
  /// A zip archive, PyTorch's format.
  case zip
  /// Python's pickle, PyTorch's former format.
  case pickle
  /// A gzip file, such as a data set's.
  case gzip
  /// A NumPy array.
  case numpy
  /// A PNG image.
  case png
  /// HDF5, a format of Keras.
  case hdf5
  /// Images or labels in MNIST's format.
  case idx
  /// Any other text.
  case text

  /// Recognises the format of a file that begins with `bytes`; nil for none of these.
  ///
  /// Only for files that are not safetensors, whose first bytes can be any header length.
  init?(fileThatBeginsWith bytes: [UInt8]) {
    let isText = Self.isText(bytes.prefix(64))
    let format = Self.allCases.first { format in
      switch format {
      case .webPage: isText && bytes.first { !" \t\r\n".utf8.contains($0) } == UInt8(ascii: "<")
      case .text: isText
      default: format.magic.contains { bytes.starts(with: $0) }
      }
    }
    guard let format else { return nil }
    self = format
  }

  /// The magic numbers; none for text formats.
  private var magic: [[UInt8]] {
    switch self {
    case .zip: [Array("PK\u{3}\u{4}".utf8)]
    case .pickle: (2...5).map { [0x80, $0] }
    case .gzip: [[0x1F, 0x8B]]
    case .numpy: [[0x93] + Array("NUMPY".utf8)]
    case .png: [[0x89] + Array("PNG".utf8)]
    case .hdf5: [[0x89] + Array("HDF".utf8)]
    case .idx: [[0, 0, 8, 1], [0, 0, 8, 3]]
    case .webPage, .text: []
    }
  }

  /// Tells whether `bytes` are UTF-8, possibly cut within a character, without control characters but white
  /// space.
  private static func isText(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard !bytes.isEmpty, bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || "\t\r\n".utf8.contains($0) })
    else { return false }
    return (0...3).contains { String(validating: bytes.dropLast($0), as: UTF8.self) != nil }
  }
}

extension OtherFormat: CustomStringConvertible {
  /// A short description.
  public var description: String {
    switch self {
    case .webPage: "a web page"
    case .zip: "a zip archive, as PyTorch saves models"
    case .pickle: "pickled Python, as PyTorch saved models"
    case .gzip: "gzip"
    case .numpy: "a NumPy array"
    case .png: "a picture"
    case .hdf5: "HDF5, as Keras saves models"
    case .idx: "a file of images or labels"
    case .text: "a text"
    }
  }
}
