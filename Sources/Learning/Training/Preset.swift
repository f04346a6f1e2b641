import Coordinates
import Networks
import Primitives

/// A network with a recipe that suits it.
public struct Preset: Sendable, Hashable {
  /// The name on the command line.
  public let name: String
  /// The purpose, in a few words.
  public let summary: String
  /// The network for MNIST's images.
  public let architecture: NetworkArchitecture
  /// The recipe.
  public let recipe: Recipe

  /// All presets.
  public static let all = [article, joint, rotation, fourCoordinates, fashion]

  /// The network for images of `shape`, with the same widths: on sprites of 64 × 64 pixels, twice the widths and twice
  /// the work reduced the error of reconstruction by 1 % only (`Results.md`).
  public func architecture(for shape: ImageShape) -> NetworkArchitecture {
    var architecture = architecture
    architecture.imageShape = shape
    return architecture
  }

  /// Finds the preset called `name`.
  public static func named(_ name: String) -> Preset? { all.first { $0.name == name } }

  /// The article's network and its three phases.
  static let article = Preset(
    name: "article", summary: "the article's network and its three phases", architecture: .article,
    recipe: .article())

  /// The article's network with the joint recipe.
  static let joint = Preset(
    name: "joint", summary: "the article's network, all parts trained at once", architecture: .article,
    recipe: .joint(for: .article))

  /// A staged encoder and a warp decoder for the rotation.
  static let rotation = Preset(
    name: "rotation", summary: "a larger network for the rotation", free: 16, typed: [.rotation], epochs: 80)

  /// A staged encoder and a warp decoder for the rotation, both shifts and the scale.
  static let fourCoordinates = Preset(
    name: "four-coordinates", summary: "a larger network for rotation, shifts and scale", free: 16,
    typed: [.rotation, .shiftX(pixels: 6), .shiftY(pixels: 6), .scale(from: 0.6, to: 1.4)], epochs: 60)

  /// A staged encoder and a warp decoder for the rotation of images with more variation than digits.
  static let fashion = Preset(
    name: "fashion-mnist", summary: "a larger network for the rotation of Fashion-MNIST", free: 32,
    typed: [.rotation], hidden: [384, 192], epochs: 60)

  private init(name: String, summary: String, architecture: NetworkArchitecture, recipe: Recipe) {
    self.name = name
    self.summary = summary
    self.architecture = architecture
    self.recipe = recipe
  }

  private init(
    name: String, summary: String, free: Int, typed: [Coordinate], hidden: [Int] = [512, 256], epochs: Int
  ) {
    let architecture = NetworkArchitecture(
      schema: CoordinateSchema(typed: typed, freeCount: free), hidden: hidden, encoder: .staged,
      decoder: .warp)
    self.init(
      name: name, summary: summary, architecture: architecture,
      recipe: .joint(for: architecture, epochs: epochs))
  }
}
