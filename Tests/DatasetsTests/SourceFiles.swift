import Primitives
import TestSupport
import Testing

@testable import Datasets

/// Data sets in files for tests of their sources.
enum SourceFiles {
  /// A NumPy file of an element type.
  static func npy(_ type: String, _ shape: [Int], _ elements: [UInt8], fortran: Bool = false) -> [UInt8] {
    let extents = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    let header = NumPyBytes.header(type, "(\(extents))", fortran: fortran ? "True" : "False")
    return NumPyBytes.file(header, elements)
  }

  /// Bytes that differ from one another, as far as they can, with 255 among the first.
  static func bytes(_ count: Int, seed: Int = 0) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: 255 - $0 * 7 - seed * 31 - $0 / 256) }
  }

  /// A NumPy file of grey images.
  static func images(_ count: Int, side: Int = 8, seed: Int = 0) -> [UInt8] {
    npy("|u1", [count, side, side], bytes(count * side * side, seed: seed))
  }

  /// An IDX file.
  static func idx(type: UInt8 = 8, _ shape: [Int], _ elements: [UInt8]) -> [UInt8] {
    [0, 0, type, UInt8(shape.count)]
      + shape.flatMap { extent in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: extent >> $0) } } + elements
  }

  /// The source at a path.
  static func open(
    _ path: String, labels: String? = nil, keys: [String: String] = [:]
  ) throws(DatasetError) -> any DataSource {
    try DataSources.open(
      SourceRequest(path: path, labelsPath: labels, keys: keys, memory: MemoryBudget(available: 1 << 30)))
  }

  /// The fault of a set that is not opened or not read.
  static func fault(
    _ path: String, labels: String? = nil, keys: [String: String] = [:]
  ) throws -> SourceFault? {
    do throws(DatasetError) {
      let source = try open(path, labels: labels, keys: keys)
      for part in source.parts.indices { _ = try source.pixels(part: part) }
      return nil
    } catch {
      #expect(error.description == error.description.printable)
      guard case .source(_, let fault) = error else { throw error }
      return fault
    }
  }
}

extension DataSource {
  /// The bytes of the images of a part, one after the other.
  func pixels(part: Int = 0, indices: [Int]? = nil) throws(DatasetError) -> [UInt8] {
    var all: [UInt8] = []
    var found: [Int] = []
    try readImages(part: part, indices: indices) { index, pixels throws(DatasetError) in
      found.append(index)
      for value in pixels.indices { all.append(pixels[value]) }
    }
    #expect(found == indices ?? Array(0..<parts[part].count))
    return all
  }
}
