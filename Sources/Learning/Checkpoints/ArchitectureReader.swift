import Coordinates
import Networks
import Primitives

/// The network that tensors belong to, found from a file's metadata, or from names and shapes where those say
/// nothing.
struct ArchitectureReader {
  let shapes: [String: [Int]]
  private let metadata: ModelMetadata

  /// The network that metadata and shapes agree on.
  ///
  /// Values of `metadata` that are not this program's are added to its ignored keys.
  static func architecture(
    _ metadata: inout ModelMetadata, shapes: [String: [Int]]
  ) throws(ModelFault) -> NetworkArchitecture {
    let coordinates = metadata.value("coordinates") { try? CoordinateSchema(parsing: $0) }
    let encoder = metadata.value("encoder") { EncoderKind(rawValue: $0) }
    let decoder = metadata.value("decoder") { DecoderKind(rawValue: $0) }
    let statedShape = metadata.value("image_shape") { ImageShape(text: $0) }
    let reader = Self(shapes: shapes, metadata: metadata)
    let widths = try reader.hiddenWidths()
    let stated = metadata.value("hidden") { Self.widths($0) }
    guard stated == nil || stated == widths else { throw .contradiction(key: "hidden") }
    let schema = if let coordinates { coordinates } else { try reader.inferredSchema() }
    return try reader.network(
      schema, widths, reader.imageShape(stated: statedShape),
      encoders: encoder.map { [$0] } ?? EncoderKind.allCases,
      decoders: decoder.map { [$0] } ?? DecoderKind.allCases)
  }

  /// The first network with these coordinates and widths, of one of the kinds, that has exactly the tensors.
  private func network(
    _ schema: CoordinateSchema, _ widths: [Int], _ imageShape: ImageShape, encoders: [EncoderKind],
    decoders: [DecoderKind]
  ) throws(ModelFault) -> NetworkArchitecture {
    var first: TensorMismatch?
    for encoder in encoders {
      for decoder in decoders {
        let network = NetworkArchitecture(
          schema: schema, hidden: widths, encoder: encoder, decoder: decoder, imageShape: imageShape)
        do {
          try network.check(shapes: shapes)
        } catch {
          first = first ?? error
          continue
        }
        guard network.excessiveShift == nil else { throw .contradiction(key: "coordinates") }
        return network
      }
    }
    guard let first else { preconditionFailure("encoders and decoders have kinds") }
    guard let key = ["coordinates", "encoder", "decoder"].first(where: metadata.ignoredKeys.contains) else {
      throw .mismatch(first)
    }
    throw .undecided(key: key, first)
  }

  /// The shape of the images: the stated one, which the first layer must have, or else a square with as many
  /// values.
  private func imageShape(stated: ImageShape?) throws(ModelFault) -> ImageShape {
    let values = try shape(of: "encoder_backbone.0.weight")[1]
    if let stated {
      guard stated.valueCount == values else { throw .contradiction(key: "image_shape") }
      return stated
    }
    guard let square = ImageShape(squareOfValues: values) else { throw .wrongImageSize(values: values) }
    return square
  }

  /// The widths that a text such as `256,128` lists.
  private static func widths(_ text: String) -> [Int]? {
    let fields = text.split(separator: ",", omittingEmptySubsequences: false)
    let widths = fields.compactMap { Int($0) }
    return widths.count == fields.count ? widths : nil
  }

  /// The output widths of the encoder's hidden layers.
  private func hiddenWidths() throws(ModelFault) -> [Int] {
    var widths = [try shape(of: "encoder_backbone.0.weight")[0]]
    while let next = shapes["encoder_backbone.\(2 * widths.count).weight"], next.count == 2 {
      widths.append(next[0])
    }
    guard widths.allSatisfy({ (1...NetworkArchitecture.maximumWidth).contains($0) }) else {
      throw .invalidWidths(widths)
    }
    return widths
  }

  /// Free latents as many as their head has, and a rotation if a head or a compass reads one.
  private func inferredSchema() throws(ModelFault) -> CoordinateSchema {
    let freeCount = try shape(of: "head_latent.weight")[0]
    guard (1...CoordinateSchema.maximumFreeCount).contains(freeCount) else {
      throw .invalidWidths([freeCount])
    }
    let hasRotation = ["head_rot.fc.weight", "compass.0.weight"].contains { shapes[$0] != nil }
    return CoordinateSchema(typed: hasRotation ? [.rotation] : [], freeCount: freeCount)
  }

  /// The two extents of a weight.
  private func shape(of name: String) throws(ModelFault) -> [Int] {
    guard let shape = shapes[name] else { throw .mismatch(.missing(name)) }
    guard shape.count == 2 else { throw .notAMatrix(name, shape: shape) }
    return shape
  }
}
