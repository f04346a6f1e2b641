import Coordinates
import Datasets
import Explorer
import Kernels
import NcursesTerminal
import Networks
import Primitives
import Screen
import Training

/// Measurements of decoding, transforming and drawing.
struct ScreenBenchmark {
  /// Microseconds for decoding one image with a network.
  func decode(_ architecture: NetworkArchitecture) -> Double {
    let inference = Inference(TypedAutoencoder(architecture, seed: 1))
    let schema = architecture.schema
    let point = LatentPoint(
      values: schema.typed.map { $0.value(atFraction: 0.3) },
      latents: (0..<schema.freeCount).map { 0.1 * Float($0 % 5) - 0.2 })
    return Stopwatch.best { _ = inference.decode(point) } * 1e6
  }

  /// Microseconds for rotating one image.
  func rotate() -> Double {
    let images = Digits.dataset().test
    let transformer = ImageTransformer(shape: .mnist, schema: .article, interpolation: .bilinear)
    let out = Matrix(rows: 1, columns: ImageShape.mnist.pixelCount)
    let count = 64
    return Stopwatch.best {
      for index in 0..<count {
        images.withPixels(at: index) {
          transformer.load($0, values: [0.1 * Double(index)], into: out, row: 0)
        }
      }
    } * 1e6 / Double(count)
  }

  /// Median microseconds and bytes of one step of a turning digit.
  func frame() throws -> (microseconds: Double, bytes: Int) {
    let size = Size(width: 100, height: 30)
    let screen = try FrameSink(size: size)
    let model = TypedModel(
      architecture: .article, weights: TypedAutoencoder(.article, seed: 1).tensors, details: ModelDetails())
    var state = ExplorerState(
      model: try ModelInUse(name: "benchmark", model: model), dataset: Digits.dataset(), size: size,
      capabilities: screen.capabilities)
    var times: [Double] = []
    var bytes: [Double] = []
    for _ in 0..<72 {
      var written = 0
      let seconds = Stopwatch.seconds {
        _ = state.update(.key(.right))
        var canvas = Canvas(size: size)
        state.draw(into: &canvas)
        written = screen.present(canvas)
      }
      times.append(seconds * 1e6)
      bytes.append(Double(written))
    }
    return (Stopwatch.median(times), Int(Stopwatch.median(bytes)))
  }
}
