import CZlib
import Datasets
import Foundation

/// A temporary home folder, and a data set in four `.gz` files as MNIST is distributed.
final class SessionFolder {
  /// A home folder without settings or downloaded data.
  let home: String
  /// The folder of the four files.
  let images: String

  /// Creates the folder; by default with as many images as MNIST.
  init(training: Int = 60_000, test: Int = 10_000) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("latent-explorer-session-\(UUID().uuidString)")
    home = folder.appendingPathComponent("home").path
    images = folder.appendingPathComponent("images").path
    for path in [home, images] {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    try writeSplit("train", count: training)
    try writeSplit("t10k", count: test)
  }

  deinit {
    try? FileManager.default.removeItem(
      at: URL(fileURLWithPath: home).deletingLastPathComponent())
  }

  private func writeSplit(_ name: String, count: Int) throws {
    // Few different digits, repeated: only the number of images and their compressibility matter.
    let digits = Digits.dataset().test
    let drawn = (0..<500).map { index in
      digits.withPixels(at: index) { span in span.indices.map { span[$0] } }
    }
    var pixels = Self.header(2051, [count, 28, 28])
    var labels = Self.header(2049, [count])
    pixels.reserveCapacity(count * 784 + 16)
    for index in 0..<count {
      pixels += drawn[index * 7 % drawn.count]
      labels.append(UInt8(digits.label(at: index * 7 % drawn.count) ?? 0))
    }
    try write(pixels, "\(name)-images-idx3-ubyte.gz")
    try write(labels, "\(name)-labels-idx1-ubyte.gz")
  }

  private func write(_ bytes: [UInt8], _ name: String) throws {
    guard let file = gzopen("\(images)/\(name)", "wb1") else { throw CocoaError(.fileWriteUnknown) }
    let written = bytes.withUnsafeBytes { gzwrite(file, $0.baseAddress, UInt32($0.count)) }
    guard gzclose(file) == Z_OK, written == bytes.count else { throw CocoaError(.fileWriteUnknown) }
  }

  /// The header of an IDX file.
  static func header(_ magic: Int, _ extents: [Int]) -> [UInt8] {
    ([magic] + extents).flatMap { number in (0..<4).map { UInt8(number >> (24 - 8 * $0) & 255) } }
  }
}
