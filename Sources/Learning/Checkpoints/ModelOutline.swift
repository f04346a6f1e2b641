import Networks
import Primitives
import Training

/// The properties of a model file that its header determines.
public struct ModelOutline: Sendable, Hashable {
  /// The network's architecture.
  public let architecture: NetworkArchitecture
  /// The name of the data set of its training; nil where unknown.
  public let data: String?

  /// The limit on the header's length, in bytes: twice that with a hundred outputs of 4,096 latents.
  private static let longestHeader = 16 << 20

  /// Reads the header of the file at `path`, whose tensors must have exactly a network's names and shapes.
  /// Their values are not read.
  public init(ofFile path: String) throws(ModelFileError) {
    let header: SafetensorsHeader
    do {
      header = try SafetensorsFile.header(ofFile: path, limit: Self.longestHeader)
    } catch { throw .unreadable(error) }
    do {
      let names = WrappedNames.unwrapped(header.entries.map(\.name))
      let shapes = Dictionary(
        zip(names, header.entries.map(\.shape)), uniquingKeysWith: { first, _ in first })
      var metadata = ModelMetadata(header.metadata)
      architecture = try ArchitectureReader.architecture(&metadata, shapes: shapes)
    } catch {
      throw .unusable(path: path, error)
    }
    data = header.metadata["data"]?.printable
  }
}
