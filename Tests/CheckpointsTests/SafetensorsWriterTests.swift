import Networks
import Primitives
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct SafetensorsWriterTests {
  private let file = SafetensorsFile(
    tensors: [
      NamedTensor(name: "encoder.0.weight", shape: [2, 3], values: [1, -2, 0.5, .infinity, -0.0, 0x1p-149]),
      NamedTensor(name: "é\"\\\n\u{1}😀", shape: [1], values: [3]),
      NamedTensor(name: "", shape: [], values: [4]),
      NamedTensor(name: "decoder.0.bias", shape: [0], values: []),
    ],
    metadata: ["schema": "rotation, free:5", "b": "\u{0}\u{1F}\u{7F}\"\\/", "": "é😀"])

  @Test func filesRoundTrip() throws {
    let read = try SafetensorsFile(bytes: try file.encoded())
    #expect(read.metadata == file.metadata)
    #expect(read.tensors == file.tensors.sorted { $0.name < $1.name })
  }

  @Test func theBytesAreStable() throws {
    let file = SafetensorsFile(
      tensors: [
        NamedTensor(name: "b", shape: [1, 2], values: [1, -2]),
        NamedTensor(name: "a", shape: [], values: [0.5]),
      ],
      metadata: ["z": "1", "k": "\n"])
    let header = """
      {"__metadata__":{"k":"\\u000a","z":"1"},\
      "a":{"dtype":"F32","shape":[],"data_offsets":[0,4]},\
      "b":{"dtype":"F32","shape":[1,2],"data_offsets":[4,12]}}
      """
    let padding = String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    let data: [UInt8] = [0, 0, 0, 0x3F, 0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]
    #expect(try file.encoded() == safetensors(Array((header + padding).utf8), data: data))
  }

  @Test func theOrderOfTensorsDoesNotMatter() throws {
    var other = file
    other.tensors.reverse()
    #expect(try other.encoded() == file.encoded())
  }

  @Test func anEmptyFileHasAnEmptyHeader() throws {
    #expect(try SafetensorsFile().encoded() == safetensors("{}      "))
  }

  @Test(arguments: 1...9)
  func theDataStartAtAMultipleOfEight(length: Int) throws {
    let name = String(repeating: "x", count: length)
    let bytes = try SafetensorsFile(tensors: [NamedTensor(name: name, shape: [1], values: [1])]).encoded()
    #expect((bytes.count - 4).isMultiple(of: 8))
  }

  @Test func notANumberKeepsItsBits() throws {
    let values = [Float(bitPattern: 0x7FC0_1234), Float(bitPattern: 0xFF80_0001)]
    let file = SafetensorsFile(tensors: [NamedTensor(name: "a", shape: [2], values: values)])
    let read = try SafetensorsFile(bytes: try file.encoded()).tensors[0].values
    #expect(read.map(\.bitPattern) == values.map(\.bitPattern))
  }

  @Test func sixteenBitsRoundToTheNearest() throws {
    let values: [Float] = [1, -2, 0.1, 65504, 65519, 1e-8, 2049, 2051, .infinity, -.infinity]
    let file = SafetensorsFile(tensors: [NamedTensor(name: "a", shape: [10], values: values)])
    let bytes = try file.encoded(storage: .float16)
    #expect(try file.encoded().count - bytes.count == 20)
    #expect(
      try SafetensorsFile(bytes: bytes).tensors[0].values
        == [1, -2, 0.0999755859375, 65504, 65504, 0, 2048, 2052, .infinity, -.infinity])
  }

  @Test(arguments: [65520, -1e30] as [Float])
  func sixteenBitsRefuseOverflow(value: Float) {
    let file = SafetensorsFile(tensors: [NamedTensor(name: "a", shape: [2], values: [0, value])])
    #expect(throws: SafetensorsFault.tooLargeForFloat16(tensor: "a", index: 1)) {
      try file.encoded(storage: .float16)
    }
  }

  @Test func namesMustDifferAndBeFree() {
    let tensor = NamedTensor(name: "a", shape: [], values: [0])
    #expect(throws: SafetensorsFault.duplicate(.tensor, name: "a")) {
      try SafetensorsFile(tensors: [tensor, tensor]).encoded()
    }
    #expect(throws: SafetensorsFault.reservedName("__metadata__")) {
      try SafetensorsFile(tensors: [NamedTensor(name: "__metadata__", shape: [], values: [0])]).encoded()
    }
  }

  @Test func aFileIsWrittenWholeOrNotAtAll() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/model.safetensors"
    try file.write(to: path)
    #expect(try SafetensorsFile(path: path).metadata == file.metadata)
    var bad = file
    bad.tensors += file.tensors
    #expect(throws: SafetensorsError.invalid(path: path, .duplicate(.tensor, name: ""))) {
      try bad.write(to: path)
    }
    #expect(try FileBytes.read(path, limit: .max) == file.encoded())
    #expect(try folder.fileNames() == ["model.safetensors"])
  }
}
