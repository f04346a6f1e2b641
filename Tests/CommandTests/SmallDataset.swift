import Foundation
import TestSupport

/// A folder with the four IDX files of a data set: bright bars whose position depends on the image.
struct SmallDataset {
  let folder: TemporaryFolder
  /// The folder of the four files.
  let path: String

  /// The value of `XDG_DATA_HOME` for which the set counts as downloaded.
  var dataHome: String { URL(fileURLWithPath: folder.path).deletingLastPathComponent().path }

  /// Writes the files; with `fetchedAs`, in the folder of a downloaded set of that name.
  init(training: Int = 96, test: Int = 12, fetchedAs name: String? = nil) throws {
    let folder = try TemporaryFolder(named: name == nil ? "bars" : "latent-explorer")
    self.folder = folder
    let prefix = name.map { "\($0)/" } ?? ""
    path = name.map { "\(folder.path)/\($0)" } ?? folder.path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (split, count) in [("train", training), ("t10k", test)] {
      try folder.write(
        Self.header([count, 28, 28]) + (0..<count).flatMap(Self.pixels),
        to: "\(prefix)\(split)-images-idx3-ubyte")
      try folder.write(
        Self.header([count]) + (0..<count).map { UInt8($0 % 10) }, to: "\(prefix)\(split)-labels-idx1-ubyte")
    }
  }

  private static func header(_ extents: [Int]) -> [UInt8] {
    [0, 0, 8, UInt8(extents.count)]
      + extents.flatMap { extent in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: extent >> $0) } }
  }

  private static func pixels(_ index: Int) -> [UInt8] {
    (0..<28 * 28).map { pixel in
      let (row, column) = (pixel / 28, pixel % 28)
      let isBar = (8..<20).contains(row) && (6 + index % 10..<10 + index % 10).contains(column)
      return isBar ? 230 : 0
    }
  }
}
