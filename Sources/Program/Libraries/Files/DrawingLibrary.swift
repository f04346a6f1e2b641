import Datasets
import Essentials
import Primitives

/// The drawings that the user saved in the explorer.
package struct DrawingLibrary: Sendable {
  private static let ending = ".idx3-ubyte"

  private let folder: String?

  /// The drawings in a folder; nil without a home folder.
  package init(folder: String?) {
    self.folder = folder
  }

  /// All drawings, sorted by name.
  package func references() -> [(title: String, path: String)] {
    guard let folder, let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      return []
    }
    return names.filter { $0.hasSuffix(Self.ending) }
      .sorted { $0.count == $1.count ? $0 < $1 : $0.count < $1.count }
      .map { (title: $0.dropLast(Self.ending.count).description.printable, path: "\(folder)/\($0)") }
  }

  /// Writes a drawing under the first free name, unless a file contains it already.
  package func write(_ drawing: Drawing) throws -> NumberedFiles.Written {
    try NumberedFiles.write(drawing.fileBytes, in: folder, "drawing-", Self.ending)
  }
}
