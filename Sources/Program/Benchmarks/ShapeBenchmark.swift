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
  /// The names of the subjects that train with the first shapes.
  private static let trained = ["rotation", TrainingSubject.largeName]
  /// The speeds of training.
  let training: [BenchmarkReport.Training]

  /// Measures sampling and decoding for each shape, beside the speed of training.
  func run(progress: (String) -> Void) -> [BenchmarkReport.Shape] {
    let speeds = zip(Self.trained, Self.shapes).map { multiplyAdds($0, $1) }
    progress("sampling and decoding larger images")
    let sampling = sampling()
    return Self.shapes.enumerated().map { index, shape in
      let speed = index < speeds.count ? speeds[index] : nil
      return BenchmarkReport.Shape(
        shape: shape.description, gigaMultiplyAddsPerSecond: speed.map { $0 * 1e-9 },
        trainingToFirst: speed.flatMap { speed in speeds[0].flatMap { ratio(speed, to: $0) } },
        samplingNanoseconds: sampling[index] * 1e9,
        samplingToFirst: ratio(sampling[index], to: sampling[0]),
        decodeMicroseconds: ScreenBenchmark().decode(preset.architecture(for: shape)))
    }
  }

  private var preset: Preset { .known("rotation") }

  /// The multiply-adds a second of training with all threads, zeros that are skipped included.
  private func multiplyAdds(_ name: String, _ shape: ImageShape) -> Double? {
    let speed = training.last { $0.phase == name }?.imagesPerSecond
    let operations = preset.architecture(for: shape).trainingMultiplyAdds(preset.recipe.phases[0].plan)
    return speed.map { $0 * Double(operations) }
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
