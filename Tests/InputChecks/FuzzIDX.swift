import Datasets
import Primitives

/// Accepted files consist of header and elements only, and have the same contents when compressed.
func fuzzIDX(_ bytes: [UInt8]) throws(BrokenPromise) -> Bool {
  var isAccepted = false
  for kind in IDXKind.allCases {
    let plain = kind.read(bytes, path: "file")
    if case .success(let elements) = plain {
      isAccepted = true
      try promise(kind.header(elements) + elements == bytes, "\(kind): accepted bytes are not all read")
    }
    try checkSentence(of: plain)
    let compressed = kind.read(bytes, path: "file.gz")
    try checkSentence(of: compressed)
    let limit = 1 << 18
    if case .success(let contents) = inflate(bytes, limit: limit, piece: limit), contents.count < limit {
      // The name alone differs in the errors.
      let expected = try? kind.read(contents, path: "file").get()
      try promise((try? compressed.get()) == expected, "\(kind): compressed it is another file")
    } else if case .success(let elements) = compressed {
      try promise(kind.header(elements).count + elements.count >= limit, "\(kind): damaged gzip is accepted")
    }
  }
  return isAccepted
}

private enum IDXKind: CaseIterable {
  case images, labels

  private static let classCount = 10

  func read(_ bytes: [UInt8], path: String) -> Result<[UInt8], DatasetError> {
    Result { () throws(DatasetError) in
      switch self {
      case .images: try IDX.images(in: bytes, path: path)
      case .labels: try IDX.labels(in: bytes, path: path, classCount: Self.classCount)
      }
    }
  }

  /// The only header that a file with these elements can have.
  func header(_ elements: [UInt8]) -> [UInt8] {
    switch self {
    case .images: [0, 0, 8, 3] + bigEndian(elements.count / 784) + bigEndian(28) + bigEndian(28)
    case .labels: [0, 0, 8, 1] + bigEndian(elements.count)
    }
  }

  private func bigEndian(_ number: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }
}

private func checkSentence(of reading: Result<[UInt8], DatasetError>) throws(BrokenPromise) {
  guard case .failure(let error) = reading else { return }
  let sentence = error.description
  try promise(sentence == sentence.printable, "the refusal \(sentence.debugDescription) steers a terminal")
  try promise(sentence.hasPrefix("file"), "the refusal \(sentence) does not name the file")
}
