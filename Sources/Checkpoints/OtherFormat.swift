/// A kind of file that people give where a safetensors file should be, told by how it begins.
public enum OtherFormat: Sendable, Equatable, CaseIterable {
  /// A page of HTML, as a server sends instead of a file that it lacks.
  case webPage
  /// A zip archive, in which PyTorch saves models.
  case zip
  /// Python's pickled objects, as PyTorch saved models before.
  case pickle
  /// A gzip file, such as a data set's.
  case gzip
  /// A NumPy array.
  case numpy
  /// A picture.
  case png
  /// An HDF5 file, in which Keras saves models.
  case hdf5
  /// A file with images or labels of the MNIST family.
  case idx
  /// Any other text.
  case text

  /// The kind of a file that begins with `bytes`; nil where they are none of these.
  ///
  /// Only for a file that cannot be safetensors: its first bytes might be the length of a header.
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

  /// The bytes that such files may begin with; none for texts, which are told in another way.
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

  /// Whether `bytes` are UTF-8, perhaps cut within a character, and have no control characters but space.
  private static func isText(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard !bytes.isEmpty, bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || "\t\r\n".utf8.contains($0) })
    else { return false }
    return (0...3).contains { String(validating: bytes.dropLast($0), as: UTF8.self) != nil }
  }
}

extension OtherFormat: CustomStringConvertible {
  /// The kind in a few words for people.
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
