import Datasets
import Networks
import Primitives
import Training

/// A preset with the images on which its training is measured.
struct TrainingSubject {
  /// The preset's name, followed by the images' shape where it is not MNIST's.
  let name: String
  let preset: Preset
  let architecture: NetworkArchitecture
  let images: any ImageSource
  /// The seconds of a window in which speed is measured.
  let window: Double

  /// The rotation preset on images of 64×64 pixels.
  static let largeName = "rotation 64×64"

  /// The subjects of the benchmark.
  static var all: [TrainingSubject] {
    let digits = last(of: 20_000)
    let large = ImageShape(width: 64, height: 64)
    return [
      TrainingSubject("article", digits, window: 0.15), TrainingSubject("joint", digits, window: 0.15),
      TrainingSubject("rotation", digits, window: 0.3),
      TrainingSubject("rotation", named: largeName, stored(last(of: 4096).fitted(to: large)), window: 0.3),
    ]
  }

  /// Creates a subject from the preset called `preset`, for the shape of `images`.
  init(_ preset: String, named name: String? = nil, _ images: any ImageSource, window: Double) {
    self.preset = Preset.known(preset)
    self.name = name ?? preset
    self.images = images
    self.window = window
    architecture = self.preset.architecture(for: images.shape)
  }

  /// The numbers of threads that are compared: one and all.
  static func threadCounts(upTo threads: Int) -> [Int] { threads > 1 ? [1, threads] : [1] }

  /// The preset's configuration with phases that no measurement finishes.
  var endlessConfiguration: TrainingConfiguration {
    var recipe = preset.recipe
    for phase in recipe.phases.indices { recipe.phases[phase].epochs = 9999 }
    return TrainingConfiguration(architecture: architecture, recipe: recipe, seed: 1, heldOutCount: 0)
  }

  /// The last `count` built-in digits for training.
  private static func last(of count: Int) -> ImageSlice {
    let training = Digits.dataset().training
    return ImageSlice(of: training, training.count - count..<training.count)
  }

  /// Copies images, so that they are not converted again whenever they are read.
  private static func stored(_ images: any ImageSource) -> StoredImages {
    StoredImages(
      shape: images.shape, pixels: (0..<images.count).flatMap(images.pixels),
      labels: [UInt8?](repeating: nil, count: images.count))
  }
}

extension Preset {
  /// The preset called `name`, which must exist.
  static func known(_ name: String) -> Preset {
    guard let preset = Preset.named(name) else { preconditionFailure("no preset \(name)") }
    return preset
  }
}
