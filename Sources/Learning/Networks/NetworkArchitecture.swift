import Coordinates
import Kernels
import Primitives

/// The kind of encoder.
public enum EncoderKind: String, Sendable, CaseIterable, Codable {
  /// A backbone on the image, with a head for each coordinate and one for the free latents.
  case direct
  /// Successive networks: a *locator* for shifts, scale and limited rotations, a *compass* for the full
  /// rotation, then the backbone for the free latents and the residual of every coordinate. Each works on the
  /// image with the transform inverted that the ones before have estimated.
  case staged
}

/// The kind of decoder.
public enum DecoderKind: String, Sendable, CaseIterable, Codable {
  /// Dense layers that learn the effect of the codes.
  case learned
  /// Dense layers that generate an upright image from the free latents; it is sampled through the codes'
  /// exact transform.
  case warp
}

/// The properties that determine every tensor's name and shape.
public struct NetworkArchitecture: Sendable, Hashable {
  /// The latent coordinates.
  public var schema: CoordinateSchema
  /// The widths of the encoder's hidden layers, from the image on. The compass has the same widths, the locator half
  /// of them; the decoder has them in reverse order.
  public var hidden: [Int]
  /// The kind of encoder.
  public var encoderKind: EncoderKind
  /// The kind of decoder.
  public var decoderKind: DecoderKind
  /// The shape of the images.
  public var imageShape: ImageShape

  /// The article's network: 784-256-128, a rotation and five free latents, 7-128-256-784.
  public static let article = NetworkArchitecture(schema: .article, hidden: [256, 128])

  /// The largest width of a hidden layer.
  public static let maximumWidth = 65_536

  /// Creates an architecture with at least one hidden layer.
  ///
  /// - Parameter hidden: the widths of the encoder's hidden layers, from the image on, up to `maximumWidth`.
  public init(
    schema: CoordinateSchema, hidden: [Int], encoder: EncoderKind = .direct,
    decoder: DecoderKind = .learned, imageShape: ImageShape = .mnist
  ) {
    precondition(
      !hidden.isEmpty && hidden.allSatisfy { (1...Self.maximumWidth).contains($0) },
      "hidden widths \(hidden)")
    self.schema = schema
    self.hidden = hidden
    self.encoderKind = encoder
    self.decoderKind = decoder
    self.imageShape = imageShape
  }

  /// The first shift of more than half the images' size; nil if there is none.
  public var excessiveShift: Coordinate? {
    schema.shift(beyondHalfOf: imageShape.width, by: imageShape.height)
  }

  /// Tells whether the network samples images, in its encoder or decoder.
  public var samplesImages: Bool { encoderKind == .staged || decoderKind == .warp }

  /// The number of values of an image, the width of the first layer's input and of the last one's output.
  public var valueCount: Int { imageShape.valueCount }

  /// A dense layer's name, part and widths.
  public struct Layer: Sendable, Hashable {
    /// The name before `.weight` and `.bias`.
    public let name: String
    /// The part that the layer belongs to.
    public let part: NetworkPart
    /// The input width.
    public let inputs: Int
    /// The output width.
    public let outputs: Int

    /// Tells whether a gradient reaches the layer's input.
    let needsInputGradient: Bool

    /// Tells whether training keeps a transposed copy of the weights for the input gradient. Wide decoder
    /// layers do without: skipping inputs whose rectifier is inactive is faster.
    public var hasTransposedCopy: Bool {
      let isFirst = name.hasSuffix(".0")
      return needsInputGradient && (part != .decoder || isFirst || outputs < 512)
    }
  }

  /// All layers: backbone; typed heads in order of declaration, or locator, compass and residual head; latent
  /// head; decoder.
  public var layers: [Layer] { backbone + locator + compass + typedHeads + [latentHead] + decoder }

  /// The encoder's hidden layers; odd indices are rectifiers, without tensors.
  public var backbone: [Layer] {
    chain("encoder_backbone", .backbone, [valueCount] + hidden)
  }

  /// The network that estimates the codes of shifts, scale and limited rotations; empty without them.
  public var locator: [Layer] {
    guard encoderKind == .staged, !schema.bounded.isEmpty else { return [] }
    let widths = hidden.map { max($0 / 2, 1) }
    return chain("locator", .typedHeads, [valueCount] + widths + [schema.bounded.count])
  }

  /// The network that classifies the full rotation into `Compass.binCount` directions; empty without one.
  public var compass: [Layer] {
    guard encoderKind == .staged, schema.typed.contains(.rotation) else { return [] }
    return chain("compass", .typedHeads, [valueCount] + hidden + [Compass.binCount])
  }

  /// The head of each typed coordinate, or the residual head of a staged encoder.
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
    chain("decoder", .decoder, [decoderInputWidth] + hidden.reversed() + [valueCount])
  }

  /// The width of the decoder's input.
  public var decoderInputWidth: Int {
    switch decoderKind {
    case .learned: schema.decoderInputWidth
    case .warp: schema.freeCount
    }
  }

  private func head(_ name: String, _ part: NetworkPart, outputs: Int) -> Layer {
    Layer(
      name: name, part: part, inputs: hidden[hidden.count - 1], outputs: outputs, needsInputGradient: true)
  }

  private func chain(_ name: String, _ part: NetworkPart, _ widths: [Int]) -> [Layer] {
    zip(widths, widths.dropFirst()).enumerated().map { index, pair in
      Layer(
        name: "\(name).\(2 * index)", part: part, inputs: pair.0, outputs: pair.1,
        needsInputGradient: index > 0 || part == .decoder)
    }
  }
}

extension PixelGrid {
  /// Creates the grid of images of `shape`.
  public convenience init(_ shape: ImageShape) {
    self.init(width: shape.width, height: shape.height, channels: shape.channels)
  }
}
