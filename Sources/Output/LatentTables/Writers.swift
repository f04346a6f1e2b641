import Datasets
import Formats
import Primitives

/// A sequential output of bytes.
public protocol ByteSink: AnyObject {
  /// Writes the next bytes.
  func write(_ bytes: [UInt8]) throws
}

/// A writer of rows of latents.
public protocol LatentWriter: AnyObject {
  /// Writes whole rows.
  func write(_ table: [Float]) throws
}

/// A writer of images.
public protocol ImageWriter: AnyObject {
  /// Writes whole images of values in [0, 1], plane by plane.
  func write(_ pixels: [Float]) throws
  /// Writes the end of the file.
  func finish() throws
}

/// A writer of comma-separated text: a line with the column names, then a line for each row, with the
/// shortest decimal numbers that are exact.
public final class CSVLatentWriter: LatentWriter {
  private let sink: any ByteSink
  private let width: Int

  /// Writes the first line.
  public init(_ columns: LatentColumns, to sink: any ByteSink) throws {
    (self.sink, width) = (sink, columns.count)
    try sink.write(Array((columns.names.joined(separator: ",") + "\n").utf8))
  }

  /// Writes whole rows.
  public func write(_ table: [Float]) throws {
    var text = ""
    for (index, value) in table.enumerated() {
      text += value.description
      text += (index + 1) % width == 0 ? "\n" : ","
    }
    try sink.write(Array(text.utf8))
  }
}

/// A writer of a NumPy array of 32-bit floats, (count, columns).
public final class NumPyLatentWriter: LatentWriter {
  private let sink: any ByteSink

  /// Writes the header for `count` rows.
  public init(_ columns: LatentColumns, count: Int, to sink: any ByteSink) throws {
    self.sink = sink
    try sink.write(NumPyHeader(shape: [count, columns.count]).encoded)
  }

  /// Writes whole rows.
  public func write(_ table: [Float]) throws { try sink.write(littleEndian(table)) }
}

/// A writer of a NumPy array of 32-bit floats, (count, height, width), with a last dimension of 3 for colours.
public final class NumPyImageWriter: ImageWriter {
  private let sink: any ByteSink
  private let shape: ImageShape

  /// Writes the header for `count` images of `shape`.
  public init(count: Int, shape: ImageShape = .mnist, to sink: any ByteSink) throws {
    (self.sink, self.shape) = (sink, shape)
    try sink.write(NumPyHeader(shape: [count] + shape.arrayExtents).encoded)
  }

  /// Writes whole images of values in [0, 1], plane by plane.
  public func write(_ pixels: [Float]) throws { try sink.write(littleEndian(shape.interleaved(pixels))) }

  /// Does nothing.
  public func finish() {}
}

/// A writer of an IDX file of bytes, optionally compressed. Its images are grey.
public final class IDXImageWriter: ImageWriter {
  private let sink: any ByteSink
  private let gzip: GzipWriter?

  /// Writes the header for `count` images of `shape`.
  public init(count: Int, shape: ImageShape = .mnist, compresses: Bool, to sink: any ByteSink) throws {
    precondition(!shape.isColour, "IDX files do not hold images of \(shape)")
    self.sink = sink
    gzip = compresses ? GzipWriter() : nil
    try put(IDXHeader.encode([count] + shape.arrayExtents))
  }

  /// Writes whole images of values in [0, 1], plane by plane.
  public func write(_ pixels: [Float]) throws { try put(pixels.map(Self.byte)) }

  /// Writes the end of a compressed file.
  public func finish() throws {
    if let gzip { try sink.write(gzip.finish()) }
  }

  private func put(_ bytes: [UInt8]) throws {
    try sink.write(gzip?.compress(bytes) ?? bytes)
  }

  /// The nearest of 256 intensities; NaN becomes 0.
  private static func byte(_ intensity: Float) -> UInt8 {
    intensity > 0 ? UInt8((min(intensity, 1) * 255).rounded()) : 0
  }
}

private func littleEndian(_ numbers: [Float]) -> [UInt8] {
  numbers.map { $0.bitPattern.littleEndian }.withUnsafeBytes { Array($0) }
}
