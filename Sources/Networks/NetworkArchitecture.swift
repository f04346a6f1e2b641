import Coordinates

/// How the encoder reads the typed coordinates.
public enum EncoderKind: String, Sendable, CaseIterable, Codable {
  /// The backbone sees the image as it is; a head for each coordinate and one for the latents sit on it.
  case direct
  /// One after the other, networks read the coordinates, and what they read is undone, by sampling the
  /// image, before the next one looks: a *locator* for shifts, scale and limited rotations, a *compass* for
  /// the full rotation, and the backbone for the latents and the residual of every coordinate.
  case staged
}

/// How the decoder makes an image from typed codes and free latents.
public enum DecoderKind: String, Sendable, CaseIterable, Codable {
  /// It has learnt what the codes do.
  case learned
  /// It draws an upright image from the free latents alone, and the codes' exact transform samples that.
  case warp
}

/// What determines every tensor's name and shape: the coordinates, the kinds of encoder and decoder, and the
/// widths of the hidden layers.
public struct NetworkArchitecture: Sendable, Hashable {
  /// The latent coordinates.
  public var schema: CoordinateSchema
  /// The widths of the encoder's hidden layers, from the image on; the decoder has them in reverse, the
  /// compass as they are, and the locator half of them.
  public var hidden: [Int]
  /// How the encoder reads typed coordinates.
  public var encoderKind: EncoderKind
  /// How the decoder draws.
  public var decoderKind: DecoderKind
  /// How many pixels an image has, a multiple of 16.
  public var pixelCount: Int

  /// The article's network: 784-256-128, a rotation and five free latents, 7-128-256-784.
  public static let article = NetworkArchitecture(schema: .article, hidden: [256, 128])

  /// The largest width of a hidden layer.
  public static let maximumWidth = 65_536

  /// A network with at least one hidden layer; images that it samples are squares of 16 to 30 pixels' width.
  ///
  /// - Parameters:
  ///   - hidden: the widths of the encoder's hidden layers, from the image on, up to `maximumWidth`.
  ///   - pixelCount: a multiple of 16; training and model files take images of 28 × 28.
  public init(
    schema: CoordinateSchema, hidden: [Int], encoder: EncoderKind = .direct,
    decoder: DecoderKind = .learned, pixelCount: Int = 784
  ) {
    precondition(
      !hidden.isEmpty && hidden.allSatisfy { (1...Self.maximumWidth).contains($0) },
      "hidden widths \(hidden)")
    precondition(pixelCount > 0 && pixelCount % 16 == 0, "\(pixelCount) pixels are not a multiple of 16")
    self.schema = schema
    self.hidden = hidden
    self.encoderKind = encoder
    self.decoderKind = decoder
    self.pixelCount = pixelCount
    precondition(
      !samplesImages || ((16...30).contains(imageWidth) && imageWidth * imageWidth == pixelCount),
      "\(pixelCount) pixels are no square image of 16 to 30 pixels' width")
  }

  /// Whether images are sampled within the network.
  public var samplesImages: Bool { encoderKind == .staged || decoderKind == .warp }

  /// How many pixels wide and high a square image is.
  var imageWidth: Int { Int(Double(pixelCount).squareRoot()) }

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

    /// Whether a gradient reaches its input.
    let passesGradientOn: Bool

    /// Whether learning keeps a transposed copy of the weights for the gradient of the input: not where none
    /// is needed, and not for a decoder's layer of many outputs, where it is faster to leave out the inputs
    /// that pass no gradient on.
    public var hasTransposedCopy: Bool {
      let isFirst = name.hasSuffix(".0")
      return passesGradientOn && (part != .decoder || isFirst || outputs < 512)
    }
  }

  /// All layers: backbone, typed heads in order of declaration or locator, compass and residual head, latent
  /// head, decoder.
  public var layers: [Layer] { backbone + locator + compass + typedHeads + [latentHead] + decoder }

  /// The encoder's hidden layers; odd numbers are the rectifiers between them.
  public var backbone: [Layer] {
    chain("encoder_backbone", .backbone, [pixelCount] + hidden)
  }

  /// The network that reads the codes of shifts, scale and limited rotations, if there are any.
  public var locator: [Layer] {
    guard encoderKind == .staged, !schema.bounded.isEmpty else { return [] }
    let widths = hidden.map { max($0 / 2, 1) }
    return chain("locator", .typedHeads, [pixelCount] + widths + [schema.bounded.count])
  }

  /// The network that reads the full rotation, if there is one, as logits of `Compass.binCount` directions.
  public var compass: [Layer] {
    guard encoderKind == .staged, schema.typed.contains(.rotation) else { return [] }
    return chain("compass", .typedHeads, [pixelCount] + hidden + [Compass.binCount])
  }

  /// The head of each typed coordinate or, of a staged encoder, the head of their residuals.
  public var typedHeads: [Layer] {
    switch encoderKind {
    case .direct: schema.typed.map { head($0.headName, .typedHeads, outputs: $0.rawWidth) }
    case .staged:
      schema.residualDegreesOfFreedom.isEmpty
        ? [] : [head(Self.residualHeadName, .typedHeads, outputs: schema.residualDegreesOfFreedom.count)]
    }
  }

  static let residualHeadName = "head_residual"

  /// The head of the free latents.
  public var latentHead: Layer { head("head_latent", .latentHead, outputs: schema.freeCount) }

  /// The decoder's layers.
  public var decoder: [Layer] {
    chain("decoder", .decoder, [decoderInputWidth] + hidden.reversed() + [pixelCount])
  }

  /// How many numbers the decoder's first layer takes.
  public var decoderInputWidth: Int {
    switch decoderKind {
    case .learned: schema.decoderInputWidth
    case .warp: schema.freeCount
    }
  }

  private func head(_ name: String, _ part: NetworkPart, outputs: Int) -> Layer {
    Layer(name: name, part: part, inputs: hidden[hidden.count - 1], outputs: outputs, passesGradientOn: true)
  }

  private func chain(_ name: String, _ part: NetworkPart, _ widths: [Int]) -> [Layer] {
    zip(widths, widths.dropFirst()).enumerated().map { index, pair in
      Layer(
        name: "\(name).\(2 * index)", part: part, inputs: pair.0, outputs: pair.1,
        passesGradientOn: index > 0 || part == .decoder)
    }
  }
}
