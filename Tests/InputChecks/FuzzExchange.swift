import Coordinates
import Datasets
import Formats
import LatentTables
import Primitives

/// An array is the same in whatever pieces it is read, and written again it says the same.
func fuzzNumPy(_ bytes: [UInt8]) throws(BrokenPromise) -> Bool {
  try checkNumPyReaders(bytes)
  let whole = reading { () throws(FormatError<NumPyFault>) in try numbers(in: bytes, piece: Int.max) }
  let pieces = reading { () throws(FormatError<NumPyFault>) in
    try numbers(in: bytes, piece: 1 + bytes.count % 5)
  }
  try promise(whole == pieces, "read whole: \(whole), in pieces: \(pieces)")
  guard case .success(let contents) = whole else { return false }
  try promise(contents.numbers.count == contents.shape.reduce(1, *), "numbers do not fill their shape")
  let written = NumPyHeader(shape: contents.shape).bytes(of: contents.numbers)
  let again = reading { () throws(FormatError<NumPyFault>) in try numbers(in: written, piece: Int.max) }
  try promise(again == whole, "written again it is \(again)")
  return true
}

/// As images and as latents it is read or refused in a sentence.
private func checkNumPyReaders(_ bytes: [UInt8]) throws(BrokenPromise) {
  let images = reading { () throws(DatasetError) in
    let reader = try NumPyImageReader(ByteStream(bytes, path: "file"))
    return (reader.count, try reader.read(upTo: reader.count))
  }
  if case .success((let count, let pixels)) = images {
    try promise(count > 0 && pixels.count == count * 784, "\(count) images of \(pixels.count) pixels")
    try promise(pixels.allSatisfy { (0...1).contains($0) }, "pixels beyond 0 and 1")
  }
  let latents = reading { () throws(ExchangeError) in
    let reader = try NumPyLatentReader(ByteStream(bytes, path: "file"), columns: columns)
    return (reader.count, try reader.read(upTo: reader.count))
  }
  if case .success((let count, let table)) = latents {
    try promise(count > 0 && table.count == count * columns.count, "\(count) rows of \(table.count) numbers")
    try promise(table.allSatisfy(\.isFinite), "latents that are no numbers")
  }
  try checkSentence(of: images)
  try checkSentence(of: latents)
}

/// A picture has 784 pixels; cut anywhere near its end, or longer, it is refused.
///
/// The bytes are taken as they are, with the checksums mended, and with what should be compressed pixels
/// compressed besides: otherwise hardly a change would get past the checksums.
func fuzzPNG(_ bytes: [UInt8]) throws(BrokenPromise) -> Bool {
  var isAccepted = false
  for file in [bytes, mendedPNG(bytes, compresses: false), mendedPNG(bytes, compresses: true)] {
    let result = reading { () throws(DatasetError) in
      try PNGImageReader { ByteStream(file, path: "file") }.read(upTo: 1)
    }
    try checkSentence(of: result)
    // Of any size.
    let picture = try? PNGReader.image(file, pixelLimit: 1 << 16)
    guard case .success(let pixels) = result else { continue }
    try promise(picture.map { [$0.width, $0.height] } == [28, 28], "as a picture of any size it is refused")
    isAccepted = true
    try promise(pixels.count == 784, "a picture of \(pixels.count) pixels")
    for other in [file + [0], Array(file.dropLast())] {
      let refused = reading { () throws(DatasetError) in
        try PNGImageReader { ByteStream(other, path: "file") }.read(upTo: 1)
      }
      if case .success = refused { throw BrokenPromise("a byte more or less makes no difference") }
    }
  }
  return isAccepted
}

/// A table that is understood is the same when it is written and read again.
func fuzzCSV(_ bytes: [UInt8]) throws(BrokenPromise) -> Bool {
  let table = reading { () throws(ExchangeError) in try csv(bytes) }
  try checkSentence(of: table)
  guard case .success(let numbers) = table else { return false }
  try promise(!numbers.isEmpty && numbers.count % columns.count == 0, "\(numbers.count) numbers are no rows")
  let sink = Memory()
  do { try CSVLatentWriter(columns, to: sink).write(numbers) } catch {
    throw BrokenPromise("memory refuses: \(error)")
  }
  let again = reading { () throws(ExchangeError) in try csv(sink.bytes).map(\.bitPattern) }
  try promise(again == .success(numbers.map(\.bitPattern)), "written again it is \(again)")
  return true
}

private let columns = LatentColumns(
  CoordinateSchema(typed: [.rotation, .scale(from: 0.5, to: 2)], freeCount: 2))

private func csv(_ bytes: [UInt8]) throws(ExchangeError) -> [Float] {
  let reader = try CSVLatentReader(columns: columns) { ByteStream(bytes, path: "file") }
  return try reader.read(upTo: reader.count + 1)
}

private final class Memory: ByteSink {
  private(set) var bytes: [UInt8] = []
  func write(_ bytes: [UInt8]) { self.bytes += bytes }
}

/// An array's shape and the bits of its numbers; all that is no number is one NaN.
private struct Contents: Equatable {
  var shape: [Int]
  var numbers: [UInt32]
}

private func numbers(in bytes: [UInt8], piece: Int) throws(FormatError<NumPyFault>) -> Contents {
  let rows = try NumPyRows(ByteStream(bytes, path: "file"))
  var numbers: [Float] = []
  // Rows without numbers are as many as a header likes.
  var left = rows.width == 0 ? 1 : rows.count
  repeat {
    let limit = min(piece, max(left, 1))
    numbers += try rows.read(upTo: limit)
    left -= limit
  } while left > 0
  return Contents(
    shape: rows.header.shape, numbers: numbers.map { ($0.isNaN ? Float.nan : $0).bitPattern })
}

extension NumPyHeader {
  fileprivate func bytes(of patterns: [UInt32]) -> [UInt8] {
    encoded + patterns.map(\.littleEndian).withUnsafeBytes { Array($0) }
  }
}

private func reading<Success, Failure: Error>(
  _ body: () throws(Failure) -> Success
) -> Result<Success, Failure> {
  do { return .success(try body()) } catch { return .failure(error) }
}

private func checkSentence<Success, Failure: Error & CustomStringConvertible>(
  of result: Result<Success, Failure>
) throws(BrokenPromise) {
  guard case .failure(let error) = result else { return }
  let sentence = error.description
  try promise(sentence == sentence.printable, "the refusal \(sentence.debugDescription) steers a terminal")
  try promise(sentence.hasPrefix("file"), "the refusal \(sentence) does not name the file")
}
