import Datasets
import Formats
import Primitives
import TestSupport

/// The members of an archive are the same in whatever pieces they are read, and as large as announced.
func fuzzZIP(_ bytes: [UInt8]) throws(BrokenPromise) -> Bool {
  let archive: ZIPArchive
  do {
    archive = try ZIPArchive(RandomAccessFile(bytes, path: "file"))
  } catch {
    try checkSentence(DatasetError(error).description)
    return false
  }
  let total = archive.members.reduce(0.0) { $0 + Double($1.size) }
  for member in archive.members {
    try promise(archive.member(named: member.name) == member, "two members have one name")
    // Deflate reaches 1032 to 1, and no byte belongs to two members.
    guard total < 1_048_576 else { continue }
    let whole = contents(of: member, in: archive, piece: .max)
    let pieces = contents(of: member, in: archive, piece: 1 + bytes.count % 613)
    try promise(whole == pieces, "read whole and in pieces, a member differs")
    switch whole {
    case .success(let contents):
      try promise(contents.count == member.size, "\(contents.count) of \(member.size) bytes")
    case .failure(let error): try checkSentence(error.description)
    }
  }
  return true
}

/// A data set in an archive is read or refused in a sentence; its images have its shape, however they are chosen.
///
/// The bytes are an archive, or several NumPy files one after the other, from which a sound archive is made:
/// otherwise hardly a change would get past the checksums.
func fuzzNPZ(_ bytes: [UInt8]) throws(BrokenPromise) -> Bool {
  let direct = try checkSource(bytes)
  let made = try checkSource(ZIPBytes.npz(arrays(in: bytes), isDeflated: bytes.count % 2 == 0))
  return direct || made
}

private let keys = ["x_train", "y_train", "x_test", "y_test", "data", "arr_0", "kind", "imgs"]

/// The NumPy files in `bytes`, each with a key; the byte before a file's magic number chooses the key.
private func arrays(in bytes: [UInt8]) -> [(key: String, file: [UInt8])] {
  let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  var starts = bytes.indices.filter { bytes[$0...].starts(with: magic) }
  starts = Array(starts.prefix(keys.count))
  var used: Set<Int> = []
  return starts.enumerated().map { index, start in
    let end = index + 1 < starts.count ? starts[index + 1] : bytes.count
    var key = (start > 0 ? Int(bytes[start - 1]) : 0) % keys.count
    while !used.insert(key).inserted { key = (key + 1) % keys.count }
    return (keys[key], Array(bytes[start..<end]))
  }
}

private func checkSource(_ bytes: [UInt8]) throws(BrokenPromise) -> Bool {
  let source: any DataSource
  do throws(DatasetError) {
    source = try DataSources.archive(
      RandomAccessFile(bytes, path: "file"), memory: MemoryBudget(available: 1 << 26))
  } catch {
    try checkSentence(error.description)
    return false
  }
  for (index, part) in source.parts.enumerated() {
    try promise(part.count > 0, "a part without images")
    try promise(part.labels.isEmpty || part.labels.count == part.count, "\(part.labels.count) labels")
    guard part.count * source.shape.valueCount < 1 << 18 else { continue }
    let all = images(of: source, part: index, indices: nil)
    let last = images(of: source, part: index, indices: [part.count - 1])
    switch (all, last) {
    case (.success(let all), .success(let last)):
      try promise(all.count == part.count * source.shape.valueCount, "\(all.count) bytes of images")
      try promise(all.suffix(last.count) == last[...], "an image is another when it is read alone")
    case (.failure(let error), _), (_, .failure(let error)): try checkSentence(error.description)
    }
  }
  let summary = source.description.summary
  try promise(summary == summary.printable, "\(summary.debugDescription) steers a terminal")
  return true
}

private func images(
  of source: any DataSource, part: Int, indices: [Int]?
) -> Result<[UInt8], DatasetError> {
  Result { () throws(DatasetError) in
    var bytes: [UInt8] = []
    try source.readImages(part: part, indices: indices) { _, pixels throws(DatasetError) in
      for index in pixels.indices { bytes.append(pixels[index]) }
    }
    return bytes
  }
}

private func contents(of member: ZIPMember, in archive: ZIPArchive, piece: Int) -> Result<
  [UInt8], DatasetError
> {
  Result { () throws(DatasetError) in
    let stream: ByteStream
    do throws(FormatError<ZIPFault>) {
      stream = try archive.open(member)
    } catch { throw DatasetError(error) }
    var contents: [UInt8] = []
    do throws(FileError) {
      while case let bytes = try stream.read(upTo: piece), !bytes.isEmpty { contents += bytes }
    } catch { throw .file(error) }
    return contents
  }
}

private func checkSentence(_ sentence: String) throws(BrokenPromise) {
  try promise(sentence == sentence.printable, "the refusal \(sentence.debugDescription) steers a terminal")
  try promise(sentence.hasPrefix("file"), "the refusal \(sentence) does not name the file")
}
