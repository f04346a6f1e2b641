import Checkpoints
import Datasets
import Foundation
import Primitives

/// The drawings that the user saved in the explorer.
enum DrawingLibrary {
  private static let ending = ".idx3-ubyte"

  /// The folder for drawings; nil without a home folder.
  static var folder: String? {
    DataLocations.folder(ofSet: "drawings", environment: ProcessInfo.processInfo.environment)
  }

  /// All drawings, sorted by name.
  static func references() -> [(title: String, path: String)] {
    guard let folder, let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      return []
    }
    return names.filter { $0.hasSuffix(ending) }
      .sorted { $0.count == $1.count ? $0 < $1 : $0.count < $1.count }
      .map { (title: $0.dropLast(ending.count).description.printable, path: "\(folder)/\($0)") }
  }

  /// Writes a drawing under the first free name, unless a file contains it already.
  static func write(_ drawing: Drawing) throws -> NumberedFiles.Written {
    try NumberedFiles.write(drawing.fileBytes, in: folder, "drawing-", ending)
  }
}
