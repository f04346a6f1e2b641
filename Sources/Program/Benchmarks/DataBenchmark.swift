import Datasets
import Essentials
import Primitives

/// Measurements of drawing and reading images.
struct DataBenchmark {
  private static let megabyte = 1e6

  /// Drawing the built-in digits, in megabytes of pixels per second on one thread.
  func drawing() -> Double {
    let count = 3000
    // A separate seed, so that nothing is cached.
    let images = Digits.dataset(seed: 4711).training
    var ink = 0
    let seconds = Stopwatch.seconds {
      for index in 0..<count { ink += images.withPixels(at: index) { Int($0[400]) } }
    }
    return ink >= 0 ? Double(count * ImageShape.mnist.pixelCount) / seconds / Self.megabyte : 0
  }

  /// Reading uncompressed IDX files, in megabytes per second.
  func parsing() throws -> Double {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("latent-explorer-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    let count = 10_000
    let images =
      Data(header(2051, [count, ImageShape.mnist.height, ImageShape.mnist.width]))
      + Data(count: count * ImageShape.mnist.pixelCount)
    let labels = Data(header(2049, [count])) + Data(count: count)
    try images.write(to: folder.appendingPathComponent("t10k-images-idx3-ubyte"))
    try labels.write(to: folder.appendingPathComponent("t10k-labels-idx1-ubyte"))
    let times = try (0..<5).map { _ in
      try Stopwatch.seconds { _ = try IDXDirectory.loadSplit(.test, in: folder.path) }
    }
    return Double(images.count + labels.count) / Stopwatch.median(times) / Self.megabyte
  }

  private func header(_ magic: Int, _ extents: [Int]) -> [UInt8] {
    ([magic] + extents).flatMap { number in (0..<4).map { UInt8(number >> (24 - 8 * $0) & 255) } }
  }
}
