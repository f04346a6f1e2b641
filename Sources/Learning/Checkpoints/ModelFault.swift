import Networks
import Primitives

/// Why a sound safetensors file is no model of this program.
public enum ModelFault: Error, Hashable {
  /// A tensor is missing, unknown or of another shape.
  case mismatch(TensorMismatch)
  /// A dense layer's weight does not have two extents.
  case notAMatrix(String, shape: [Int])
  /// Widths that no network has.
  case invalidWidths([Int])
  /// The metadata state no shape, and no supported square image has as many values as the encoder takes.
  case wrongImageSize(values: Int)
  /// The metadata's text under this key is not what it should be.
  case metadata(key: String)
  /// The metadata's text under this key is not this program's, and the tensors alone are no network of it.
  case undecided(key: String, TensorMismatch)
  /// The metadata under this key are of another network than the tensors.
  case contradiction(key: String)
  /// The numbers in the metadata under this key are impossible or not finite.
  case corruptMetadata(key: String)
  /// Weights, or the moments of a checkpoint, are NaN or infinite.
  case notFinite([NotFiniteTensor])
  /// The checksum of a checkpoint is not that of its contents.
  case checksumDiffers
  /// The file is not the checkpoint of a run.
  case noCheckpoint
}

/// Why a model file cannot be read or written; every case names the file.
public enum ModelFileError: Error, Equatable {
  /// It is no sound safetensors file, or cannot be read at all.
  case unreadable(SafetensorsError)
  /// It holds something else than a typed autoencoder.
  case unusable(path: String, ModelFault)
  /// It could not be written.
  case unwritable(SafetensorsError)
}

extension ModelFileError: CustomStringConvertible {
  /// A sentence for people.
  public var description: String {
    switch self {
    case .unreadable(let error), .unwritable(let error): error.description
    case .unusable(let path, let fault):
      "\(path.printable): \(fault.isDamage ? "" : "not a typed autoencoder: ")\(fault.description.printable)"
    }
  }
}

extension ModelFault: CustomStringConvertible {
  /// The fault in a few words for people.
  public var description: String {
    switch self {
    case .mismatch(let mismatch): mismatch.description
    case .notAMatrix(let name, let shape): "the tensor \(name) has the shape \(shape), not two dimensions"
    case .invalidWidths(let widths): "invalid layer widths \(widths)"
    case .wrongImageSize(let values):
      "its images have \(values) values, which no square of \(ImageShape.sides.lowerBound) to "
        + "\(ImageShape.sides.upperBound) pixels has, grey or in colour"
    case .metadata(let key): "the metadata under '\(key)' cannot be read"
    case .undecided(let key, let mismatch):
      "the metadata under '\(key)' are not this program's, and without them \(mismatch)"
    case .contradiction(let key): "the metadata under '\(key)' are those of another network than the tensors"
    case .corruptMetadata(let key):
      "the metadata under '\(key)' hold numbers that are impossible or not finite"
    case .notFinite(let tensors): Self.sentence(tensors)
    case .checksumDiffers: "its contents have changed since it was written"
    case .noCheckpoint: "it is not a checkpoint of a run"
    }
  }

  /// Tells whether the file is a typed autoencoder all the same.
  fileprivate var isDamage: Bool {
    switch self {
    case .notFinite, .corruptMetadata, .contradiction, .checksumDiffers: true
    default: false
    }
  }

  /// The largest number of tensors that a sentence names.
  private static let mostNamed = 4

  private static func sentence(_ tensors: [NotFiniteTensor]) -> String {
    let named = tensors.prefix(mostNamed).map { "\($0.name) (\($0.count) of \($0.valueCount))" }
    let others = tensors.count - named.count
    return "values that are not finite in " + named.joined(separator: ", ")
      + (others > 0 ? " and \(others) more \(others == 1 ? "tensor" : "tensors")" : "")
  }
}
