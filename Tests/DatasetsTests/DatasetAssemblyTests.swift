import Primitives
import Testing

@testable import Datasets

@Suite struct DatasetAssemblyTests {
  /// Images of 8×8 whose values are their index, plus one for each channel.
  private struct Source: DataSource {
    var description = SourceDescription(
      kind: "test", name: "dots", entries: [], range: "", classNames: ["a", "b"],
      factors: [Factor(name: "size")])
    var parts = [
      SourcePart(kind: .training, count: 4, labels: [0, 1, nil, 0], factors: [1, 2, 3, 4]),
      SourcePart(kind: .test, count: 2),
    ]
    var shape = ImageShape(width: 8, height: 8, channels: 3)
    var readCount: Int?

    func readImages(
      part: Int, indices: [Int]?, body: (_ index: Int, _ pixels: Span<UInt8>) throws(DatasetError) -> Void
    ) throws(DatasetError) {
      for index in (indices ?? Array(0..<parts[part].count)).prefix(readCount ?? .max) {
        let image = (0..<shape.valueCount).map { UInt8(10 * part + index + $0 % shape.channels) }
        try body(index, image.span)
      }
    }
  }

  private func assembly(
    _ source: Source = Source(), _ conversion: ImageConversion = ImageConversion(), subset: Int? = nil,
    memory: Int = 1 << 30
  ) throws(DatasetError) -> DatasetAssembly {
    let request = SourceRequest(path: "p", memory: MemoryBudget(available: memory))
    return try DatasetAssembly(source, request: request, conversion: conversion, subset: subset)
  }

  private func bytes(_ images: some ImageSource, _ index: Int) -> [UInt8] {
    images.withPixels(at: index) { span in span.indices.map { span[$0] } }
  }

  @Test func imagesAreStoredAsPlanes() throws {
    let dataset = try assembly().dataset()
    #expect(dataset.shape == ImageShape(width: 8, height: 8, channels: 3))
    #expect(dataset.training.count == 4 && dataset.test.count == 2)
    let planes =
      [UInt8](repeating: 3, count: 64) + [UInt8](repeating: 4, count: 64) + [UInt8](repeating: 5, count: 64)
    #expect(bytes(dataset.training, 3) == planes)
    #expect((0..<4).map { dataset.training.label(at: $0) } == [0, 1, nil, 0])
    #expect(dataset.test.label(at: 0) == nil && dataset.training.factors(at: 2) == [3])
    #expect(
      dataset.name == "dots" && dataset.classNames == ["a", "b"] && dataset.factors.map(\.name) == ["size"])
  }

  @Test func imagesAreConvertedAsTheyAreRead() throws {
    let conversion = ImageConversion(size: .init(width: 10, height: 9), channels: 1, inverts: true)
    let assembly = try assembly(Source(), conversion)
    #expect(assembly.shape == ImageShape(width: 10, height: 9))
    #expect(
      assembly.remarks == [
        DataRemark(
          "converted: resized from 8×8 to 10×9, colour to grey, dark and bright exchanged", isProminent: true),
        DataRemark("4 images for training, 2 for testing"),
      ])
    let images = try assembly.images(.training)
    // Red 3, green 4, blue 5 are a grey of 4.
    #expect(bytes(images, 3) == [UInt8](repeating: 251, count: 90))
  }

  @Test func aSubsetIsReadAlone() throws {
    let assembly = try assembly(subset: 3)
    #expect(assembly.count(of: .training) == 2 && assembly.count(of: .test) == 1)
    let images = try assembly.images(.training)
    let first = bytes(images, 0)[0]
    #expect(images.factors(at: 0) == [Float(first) + 1])
    #expect(try self.assembly().images(.training, limit: 1).count == 1)
  }

  @Test func unsuitableSourcesAreRefused() {
    var large = Source()
    large.shape = ImageShape(width: 640, height: 480)
    let fault = AssemblyFault.unsupportedShape(ImageShape(width: 640, height: 480))
    #expect(throws: DatasetError.assembly(path: "p", fault)) { try assembly(large) }
    #expect("\(fault)".contains("--image-size"))
    let size = ImageConversion(size: .init(width: 32, height: 24))
    #expect(throws: Never.self) { try assembly(large, size) }
    let tooLarge = SourceFault.tooLarge(count: 6, bytes: 1152, limit: 1151, available: 2302)
    #expect(throws: DatasetError.source(path: "p", tooLarge)) { try assembly(memory: 2302) }
    #expect(throws: Never.self) { try assembly(memory: 2304) }
    var short = Source()
    short.readCount = 1
    #expect(throws: DatasetError.changed(path: "p")) { try assembly(short).images(.training) }
  }

  @Test func brightBackgroundsAreNoticed() {
    func images(edge: UInt8, middle: UInt8) -> StoredImages {
      let image = (0..<64).map { [0, 7].contains($0 / 8) || [0, 7].contains($0 % 8) ? edge : middle }
      return StoredImages(shape: ImageShape(width: 8, height: 8), pixels: image, labels: [nil])
    }
    #expect(
      DatasetAssembly.brightnessNote(for: images(edge: 255, middle: 0)) == "bright background: --invert-data?"
    )
    #expect(DatasetAssembly.brightnessNote(for: images(edge: 171, middle: 0)) != nil)
    #expect(DatasetAssembly.brightnessNote(for: images(edge: 170, middle: 255)) == nil)
    #expect(DatasetAssembly.brightnessNote(for: images(edge: 0, middle: 255)) == nil)
    #expect(DatasetAssembly.brightnessNote(for: images(edge: 0, middle: 1)) == nil)
    #expect(
      DatasetAssembly.brightnessNote(for: images(edge: 0, middle: 0))
        == "all images are black; black on transparent: --invert-data?")
  }
}
