import Datasets
import Kernels
import Networks
import Primitives
import Training

/// Measurements of the rotation preset on images of other shapes, beside 28 × 28 in the same run.
struct ShapeBenchmark {
  /// The shapes; the first one is what the others are compared with.
  private static let shapes = [
    ImageShape.mnist, ImageShape(width: 64, height: 64), ImageShape(width: 64, height: 64, channels: 3),
  ]
  /// The shapes with which a network is trained.
  private static let trained = shapes.filter { $0.channels == 1 }
  private static let window = 0.3
  private static let rounds = 9
  let threads: Int

  /// Measures training, sampling and decoding for each shape.
  func run(progress: (String) -> Void) throws -> [BenchmarkReport.Shape] {
    progress("training, larger images")
    let training = try training()
    progress("sampling and decoding larger images")
    let sampling = sampling()
    return Self.shapes.enumerated().map { index, shape in
      let speed = Self.trained.firstIndex(of: shape).map { training[$0] }
      return BenchmarkReport.Shape(
        shape: shape.description, gigaMultiplyAddsPerSecond: speed.map { $0 * 1e-9 },
        trainingToFirst: speed.flatMap { ratio($0, to: training[0]) },
        samplingNanoseconds: sampling[index] * 1e9,
        samplingToFirst: ratio(sampling[index], to: sampling[0]),
        decodeMicroseconds: ScreenBenchmark().decode(preset.architecture(for: shape)))
    }
  }

  private var preset: Preset { .named("rotation") ?? Preset.all[0] }

  /// The multiply-adds a second of training with each shape, in windows that take turns.
  ///
  /// Zeros that are passed over count too: both networks are trained on the same digits, enlarged for one.
  private func training() throws -> [Double] {
    let digits = ImageSlice(of: Digits.dataset().training, 0..<4096)
    let runs = try Self.trained.map { shape in
      let configuration = TrainingConfiguration(
        architecture: preset.architecture(for: shape), recipe: preset.recipe, seed: 1, heldOutCount: 0)
      return try TrainingRun(
        TrainingState(configuration), images: Self.stored(digits.fitted(to: shape)), threads: threads)
    }
    let speeds = try TrainingBenchmark.speeds(of: runs, window: Self.window, rounds: Self.rounds)
    return zip(Self.trained, speeds).map { shape, speed in
      speed * Double(preset.architecture(for: shape).trainingMultiplyAdds)
    }
  }

  /// Copies images, so that they are not converted again whenever they are read.
  private static func stored(_ images: any ImageSource) -> StoredImages {
    let pixels = (0..<images.count).flatMap { index in
      images.withPixels(at: index) { pixels in pixels.indices.map { pixels[$0] } }
    }
    return StoredImages(
      shape: images.shape, pixels: pixels, labels: [UInt8?](repeating: nil, count: images.count))
  }

  /// The seconds for sampling one value of an image through a turn, bilinearly, of each shape.
  private func sampling() -> [Double] {
    Self.shapes.map { shape in
      let sampler = ImageSampler(width: shape.width, height: shape.height, channels: shape.channels)
      let pixels = (0..<shape.valueCount).map { UInt8($0 % 251) }
      let out = Matrix(rows: 1, columns: shape.valueCount)
      let seconds = Stopwatch.best {
        sampler.sample(
          pixels.span, through: (0.8, -0.6, 0, 0.6, 0.8, 0), interpolation: .bilinear, into: out, row: 0)
      }
      return seconds / Double(shape.valueCount)
    }
  }
}
