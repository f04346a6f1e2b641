import Coordinates
import Datasets
import Formats
import Kernels
import Networks
import Primitives
import TestSupport
import Testing
import Training

@testable import LatentTables

/// Images of other shapes than MNIST's in files: pixels' channels side by side there, in planes in networks.
@Suite struct ShapedImagesTests {
  private static let grey = ImageShape(width: 11, height: 9)
  private static let colour = ImageShape(width: 11, height: 9, channels: 3)

  private static func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 * 89 + $0 / 50) }
  }

  private func array(_ extents: String, _ bytes: [UInt8], _ shape: ImageShape) throws -> NumPyImageReader {
    try NumPyImageReader(
      ByteStream(NumPyBytes.file(NumPyBytes.header("|u1", extents), bytes), path: "a.npy"), shape: shape)
  }

  @Test(arguments: ["(2, 9, 11)", "(2, 99)"]) func greyArraysKeepTheirOrder(extents: String) throws {
    let bytes = Self.bytes(2 * 99)
    let reader = try array(extents, bytes, Self.grey)
    #expect(reader.count == 2 && reader.shape == Self.grey)
    #expect(try reader.read(upTo: 5) == bytes.map { Float($0) / 255 })
  }

  @Test(arguments: ["(2, 9, 11, 3)", "(2, 297)"]) func coloursBecomePlanes(extents: String) throws {
    let bytes = Self.bytes(2 * 297)
    let images = try array(extents, bytes, Self.colour).read(upTo: 5)
    for image in 0..<2 {
      for pixel in 0..<99 {
        for channel in 0..<3 {
          let value = images[image * 297 + channel * 99 + pixel]
          #expect(value == Float(bytes[image * 297 + pixel * 3 + channel]) / 255)
        }
      }
    }
  }

  @Test func oneImageNeedsNoCount() throws {
    #expect(try array("(9, 11, 3)", Self.bytes(297), Self.colour).count == 1)
    #expect(try array("(9, 11)", Self.bytes(99), Self.grey).count == 1)
  }

  @Test func otherShapesAreRefusedWithTheExpectedOne() throws {
    for (extents, shape, expected) in [
      ("(2, 9, 11)", Self.colour, "(count, 9, 11, 3), (count, 297) or (9, 11, 3)"),
      ("(2, 9, 11, 3)", Self.grey, "(count, 9, 11), (count, 99) or (9, 11)"),
      ("(2, 11, 9, 3)", Self.colour, "(count, 9, 11, 3)"), ("(2, 3, 9, 11)", Self.colour, "(9, 11, 3)"),
    ] {
      let error = #expect(throws: DatasetError.self) { try array(extents, [], shape) }
      let sentence = try #require(error).description
      let found = "[" + extents.dropFirst().dropLast() + "]"
      #expect(sentence.contains(found) && sentence.contains(expected), "\(sentence)")
    }
  }

  @Test func aFileOfGreyImagesIsNoneOfColours() throws {
    let file: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 9, 0, 0, 0, 11] + Self.bytes(99)
    let grey = try IDXImageReader(ByteStream(file, path: "a"), isCompressed: false, shape: Self.grey)
    #expect(try grey.read(upTo: 1) == Self.bytes(99).map { Float($0) / 255 })
    let error = #expect(throws: DatasetError.wrongShape(path: "a", Self.grey, expected: Self.colour)) {
      try IDXImageReader(ByteStream(file, path: "a"), isCompressed: false, shape: Self.colour)
    }
    #expect(error?.description == "a: images of 11×9, not of 11×9 in colour")
    #expect(throws: DatasetError.self) {
      try IDXImageReader(ByteStream(file, path: "a"), isCompressed: false)
    }
  }

  @Test(arguments: [ImageShapeCase.grey, .colour]) func writtenArraysAreReadAgain(kind: ImageShapeCase) throws
  {
    let shape = kind == .grey ? Self.grey : Self.colour
    let images = Self.bytes(3 * shape.valueCount).map { Float($0) / 255 }
    let sink = MemorySink()
    let writer = try NumPyImageWriter(count: 3, shape: shape, to: sink)
    try writer.write(Array(images[..<shape.valueCount]))
    try writer.write(Array(images[shape.valueCount...]))
    writer.finish()
    let extents = shape.isColour ? "(3, 9, 11, 3)" : "(3, 9, 11)"
    #expect(String(decoding: sink.bytes[..<128], as: UTF8.self).contains("'shape': \(extents)"))
    let reader = try NumPyImageReader(ByteStream(sink.bytes, path: "a.npy"), shape: shape)
    #expect(try reader.read(upTo: 4) == images)
  }

  enum ImageShapeCase { case grey, colour }

  @Test func modelsOfColoursEncodeAndDecode() throws {
    let architecture = NetworkArchitecture(
      schema: CoordinateSchema(typed: [.rotation], freeCount: 3), hidden: [16, 8], encoder: .direct,
      decoder: .learned, imageShape: Self.colour)
    let network = TypedAutoencoder(architecture, seed: 3)
    let model = TypedModel(
      architecture: architecture, weights: network.tensors, details: ModelDetails())
    let images = StoredImages(
      shape: Self.colour, pixels: Self.bytes(5 * Self.colour.valueCount), labels: [nil, nil, nil, nil, nil])
    let team = ThreadTeam(count: 2)
    let encoder = try LatentEncoder(model, team: team)
    #expect(encoder.shape == Self.colour)
    let reader = DatasetImageReader(images, count: 5, team: team)
    let table = try encoder.encode(reader.read(upTo: 5))
    let expected = try model.encoderOutputs(of: images, count: 5)
    #expect(table == expected.flatMap { [Float($0.values[0] * 180 / .pi)] + $0.latents })
    let decoder = try LatentDecoder(model, team: team)
    let drawn = decoder.decode(table)
    #expect(drawn.count == 5 * Self.colour.valueCount && decoder.shape == Self.colour)
    let inference = Inference(try TypedAutoencoder(architecture, tensors: model.weights))
    for (index, row) in (0..<5).map({ ($0, table[$0 * 4..<($0 + 1) * 4]) }) {
      let size = Self.colour.valueCount
      let point = decoder.columns.latentPoint(of: row)
      #expect(Array(drawn[index * size..<(index + 1) * size]) == inference.decode(point))
    }
  }
}
