import Coordinates
import Foundation
import Networks
import Primitives
import TestSupport
import Testing
import Training

@testable import Checkpoints

/// The outline of a model from its header alone.
@Suite struct ModelOutlineTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static func model(_ architecture: NetworkArchitecture, data: String? = "tiny") -> TypedModel {
    var model = TypedModel(
      architecture: architecture, weights: TypedAutoencoder(architecture, seed: 1).tensors,
      details: ModelDetails())
    model.details.data = data
    return model
  }

  private static let architectures = [
    NetworkArchitecture(schema: .article, hidden: [6, 4]),
    NetworkArchitecture(schema: .article, hidden: [5], decoder: .warp),
    NetworkArchitecture(
      schema: CoordinateSchema(typed: [.shiftX(pixels: 4), .rotation], freeCount: 3), hidden: [8],
      encoder: .staged, decoder: .warp),
  ]

  @Test(arguments: architectures) func theSummaryMatchesTheWholeFile(architecture: NetworkArchitecture) throws
  {
    let path = "\(folder.path)/model.safetensors"
    for (data, storage) in [("tiny", SafetensorsFile.Storage.float32), (nil, .float16)] {
      try ModelFile.write(Self.model(architecture, data: data), to: path, storage: storage)
      let outline = try ModelOutline(ofFile: path)
      #expect(outline.architecture == architecture)
      #expect(outline.data == data)
    }
  }

  /// Values are not read: a file whose block of data takes a terabyte costs no more.
  @Test func aHugeFileIsRefusedByItsHeader() throws {
    let header = #"{"table":{"dtype":"F32","shape":[268435456,1024],"data_offsets":[0,1099511627776]}}"#
    let bytes = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian, Array.init) + Array(header.utf8)
    let path = try folder.write(bytes, to: "huge.safetensors")
    try #require(truncate(path, off_t(bytes.count) + 1 << 40) == 0)
    #expect(
      throws: ModelFileError.unusable(path: path, .mismatch(.missing("encoder_backbone.0.weight")))
    ) { try ModelOutline(ofFile: path) }
  }

  @Test func aLongHeaderIsNotReadAtAll() throws {
    let length: UInt64 = 50_000_000
    let path = try folder.write(withUnsafeBytes(of: length.littleEndian, Array.init), to: "long")
    try #require(truncate(path, 60_000_000) == 0)
    #expect(
      throws: ModelFileError.unreadable(
        .invalid(path: path, .headerTooLong(length: length, limit: 16 << 20)))
    ) { try ModelOutline(ofFile: path) }
  }

  /// Names and shapes must be the network's, and all of its data must be there.
  @Test func otherFilesAreRefused() throws {
    let architecture = Self.architectures[0]
    var tensors = TypedAutoencoder(architecture, seed: 1).tensors
    let missing = tensors.removeLast()
    func path(_ tensors: [NamedTensor]) throws -> String {
      try folder.write(try SafetensorsFile(tensors: tensors).encoded(), to: "other.safetensors")
    }
    var file = try path(tensors)
    #expect(throws: ModelFileError.unusable(path: file, .mismatch(.missing(missing.name)))) {
      try ModelOutline(ofFile: file)
    }
    let foreign = NamedTensor(name: "foreign", shape: [2], values: [1, 2])
    file = try path(tensors + [missing, foreign])
    #expect(throws: ModelFileError.unusable(path: file, .mismatch(.unknown("foreign")))) {
      try ModelOutline(ofFile: file)
    }
    let whole = try SafetensorsFile(tensors: tensors + [missing]).encoded()
    file = try folder.write(Array(whole.dropLast(4)), to: "cut.safetensors")
    #expect(throws: ModelFileError.self) { try ModelOutline(ofFile: file) }
    file = try folder.write([1, 2, 3], to: "short.safetensors")
    #expect(throws: ModelFileError.unreadable(.invalid(path: file, .prefixCut(found: 3)))) {
      try ModelOutline(ofFile: file)
    }
  }
}
