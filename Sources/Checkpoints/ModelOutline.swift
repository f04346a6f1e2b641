import Networks
import Primitives
import Training

/// What the header of a model file says: enough to tell whether the rest is worth reading.
public struct ModelOutline: Sendable, Hashable {
  /// Coordinates and widths.
  public let architecture: NetworkArchitecture
  /// The name of the data set that the model learnt from; absent where the file does not say.
  public let data: String?

  /// The longest header, in bytes, that is looked into: that of a hundred readings of 4,096 latents takes half.
  private static let longestHeader = 16 << 20

  /// Reads the header of the file at `path`, whose tensors must be exactly a network's by names and shapes;
  /// their values are not read.
  public init(ofFile path: String) throws(ModelFileError) {
    let header: SafetensorsHeader
    do {
      header = try SafetensorsFile.header(ofFile: path, limit: Self.longestHeader)
    } catch { throw .unreadable(error) }
    do {
      let shapes = Dictionary(
        header.entries.map { ($0.name, $0.shape) }, uniquingKeysWith: { first, _ in first })
      architecture = try ArchitectureReader(metadata: header.metadata, shapes: shapes).architecture()
      do { try architecture.check(shapes: shapes) } catch { throw ModelFault.mismatch(error) }
    } catch let fault as ModelFault {
      throw .unusable(path: path, fault)
    } catch {
      preconditionFailure("readers throw no other error than those above: \(error)")
    }
    data = header.metadata["data"]?.printable
  }
}
