import TestSupport

/// A folder with the four IDX files of a data set: bright bars whose place depends on the image.
struct SmallDataset {
  let folder: TemporaryFolder

  var path: String { folder.path }

  init(training: Int = 96, test: Int = 12) throws {
    folder = try TemporaryFolder(named: "bars")
    for (prefix, count) in [("train", training), ("t10k", test)] {
      try folder.write(
        Self.header([count, 28, 28]) + (0..<count).flatMap(Self.pixels), to: "\(prefix)-images-idx3-ubyte")
      try folder.write(
        Self.header([count]) + (0..<count).map { UInt8($0 % 10) }, to: "\(prefix)-labels-idx1-ubyte")
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
