import Coordinates

/// What determines every tensor's name and shape: the coordinates and the widths of the hidden layers.
public struct NetworkArchitecture: Sendable, Hashable {
  /// The latent coordinates.
  public var schema: CoordinateSchema
  /// The widths of the encoder's hidden layers, from the image on; the decoder has them in reverse.
  public var hidden: [Int]
  /// How many pixels an image has, a multiple of 16.
  public var pixelCount: Int

  /// The article's network: 784-256-128, a rotation and five free latents, 7-128-256-784.
  public static let article = NetworkArchitecture(schema: .article, hidden: [256, 128])

  /// The largest width of a hidden layer.
  public static let maximumWidth = 65_536

  /// A network with at least one hidden layer.
  public init(schema: CoordinateSchema, hidden: [Int], pixelCount: Int = 784) {
    precondition(
      !hidden.isEmpty && hidden.allSatisfy { (1...Self.maximumWidth).contains($0) },
      "hidden widths \(hidden)")
    precondition(pixelCount > 0 && pixelCount % 16 == 0, "\(pixelCount) pixels are not a multiple of 16")
    self.schema = schema
    self.hidden = hidden
    self.pixelCount = pixelCount
  }

  /// A dense layer's place in the network.
  public struct Layer: Sendable, Hashable {
    /// The name before `.weight` and `.bias`.
    public let name: String
    /// The part that the layer belongs to.
    public let part: NetworkPart
    /// The width of its input.
    public let inputs: Int
    /// The width of its output.
    public let outputs: Int

    /// Whether learning keeps a transposed copy of the weights for the gradient of the input: not where none
    /// is needed, and not for a decoder's layer of many outputs, where it is faster to leave out the inputs
    /// that pass no gradient on.
    public var hasTransposedCopy: Bool {
      let isFirst = name.hasSuffix(".0")
      return switch part {
      case .backbone: !isFirst
      case .typedHeads, .latentHead: true
      case .decoder: isFirst || outputs < 512
      }
    }
  }

  /// All layers: backbone, typed heads in order of declaration, latent head, decoder.
  public var layers: [Layer] { backbone + typedHeads + [latentHead] + decoder }

  /// The encoder's hidden layers; odd numbers are the rectifiers between them.
  public var backbone: [Layer] {
    chain("encoder_backbone", .backbone, [pixelCount] + hidden)
  }

  /// The head of each typed coordinate.
  public var typedHeads: [Layer] {
    schema.typed.map { coordinate in
      Layer(
        name: coordinate.headName, part: .typedHeads, inputs: hidden[hidden.count - 1],
        outputs: coordinate.rawWidth)
    }
  }

  /// The head of the free latents.
  public var latentHead: Layer {
    Layer(
      name: "head_latent", part: .latentHead, inputs: hidden[hidden.count - 1], outputs: schema.freeCount)
  }

  /// The decoder's layers.
  public var decoder: [Layer] {
    chain("decoder", .decoder, [schema.decoderInputWidth] + hidden.reversed() + [pixelCount])
  }

  private func chain(_ name: String, _ part: NetworkPart, _ widths: [Int]) -> [Layer] {
    zip(widths, widths.dropFirst()).enumerated().map { index, pair in
      Layer(name: "\(name).\(2 * index)", part: part, inputs: pair.0, outputs: pair.1)
    }
  }
}
