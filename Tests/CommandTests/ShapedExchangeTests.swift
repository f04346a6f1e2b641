import Checkpoints
import Coordinates
import Foundation
import Networks
import Primitives
import TestSupport
import Testing
import Training

/// `encode` and `decode` with models of other shapes than MNIST's.
@Suite struct ShapedExchangeTests {
  private static let grey = ImageShape(width: 20, height: 16)
  private static let colour = ImageShape(width: 20, height: 16, channels: 3)

  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for (name, shape) in [("grey", Self.grey), ("colour", Self.colour)] {
      let architecture = NetworkArchitecture(
        schema: CoordinateSchema(typed: [.rotation], freeCount: 2), hidden: [12, 8], encoder: .direct,
        decoder: .learned, imageShape: shape)
      let weights = TypedAutoencoder(architecture, seed: 7).tensors
      let model = TypedModel(architecture: architecture, weights: weights, details: ModelDetails())
      try ModelFile.write(model, to: path("\(name).safetensors"))
    }
    _ = try folder.write(Array("rotation,z1,z2\n0,1,-1\n90,0.5,2\n-30,0,0\n".utf8), to: "latents.csv")
  }

  private func path(_ name: String) -> String { "\(folder.path)/\(name)" }

  private func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path(name))))
  }

  private func run(_ arguments: [String]) throws {
    let outcome = try Program.run(arguments, in: folder.path)
    #expect(outcome.status == 0, "\(arguments): \(outcome.errors)")
  }

  @Test(arguments: [("grey", "(3, 16, 20)"), ("colour", "(3, 16, 20, 3)")])
  func decodedArraysAreEncodedAgain(name: String, extents: String) throws {
    let model = ["--model", "\(name).safetensors"]
    try run(["decode", "latents.csv", "-o", "images.npy"] + model)
    let header = String(decoding: try bytes("images.npy")[..<128], as: UTF8.self)
    #expect(header.contains("'shape': \(extents)"), "\(header)")
    try run(["encode", "images.npy", "-o", "again.csv"] + model)
    #expect(try String(decoding: bytes("again.csv"), as: UTF8.self).split(separator: "\n").count == 4)
  }

  @Test func picturesOfColoursAreColoured() throws {
    let model = ["--model", "colour.safetensors"]
    try run(["decode", "latents.csv", "-o", "p%d.png"] + model)
    try run(["decode", "latents.csv", "-o", "sheet.png", "--columns", "2", "--scale", "3"] + model)
    func header(_ name: String) throws -> (width: Int, height: Int, colorType: UInt8) {
      let bytes = try bytes(name)
      let sizes = [16, 20].map { start in bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
      return (sizes[0], sizes[1], bytes[25])
    }
    for number in 0..<3 { #expect(try header("p\(number).png") == (20, 16, 2)) }
    #expect(try header("sheet.png") == (2 * 61 + 1, 2 * 49 + 1, 2))
  }

  /// Bytes hold less than 32-bit numbers: the second pass changes nothing more.
  @Test func picturesOfColoursAreEncodedAgain() throws {
    let model = ["--model", "colour.safetensors"]
    try run(["decode", "latents.csv", "-o", "p%d.png"] + model)
    try run(["encode", "p0.png", "p1.png", "p2.png", "-o", "again.csv"] + model)
    try run(["decode", "latents.csv", "-o", "images.npy"] + model)
    try run(["encode", "images.npy", "-o", "exact.csv"] + model)
    func numbers(_ name: String) throws -> [Double] {
      try String(decoding: bytes(name), as: UTF8.self).split(separator: "\n").dropFirst()
        .flatMap { $0.split(separator: ",").compactMap { Double($0) } }
    }
    let (again, exact) = try (numbers("again.csv"), numbers("exact.csv"))
    #expect(again.count == 9 && exact.count == 9)
    for (one, other) in zip(again, exact) { #expect(abs(one - other) < 0.02 * max(1, abs(other))) }
    let other = try Program.run(
      ["encode", "p0.png", "--model", "digits", "-o", "no.csv"], in: folder.path)
    #expect(other.status == 1 && other.errors.contains("p0.png") && other.errors.contains("20×16"))
  }

  @Test func filesOfGreyImagesHoldTheModelsSize() throws {
    let model = ["--model", "grey.safetensors"]
    try run(["decode", "latents.csv", "-o", "a.idx"] + model)
    #expect(try Array(bytes("a.idx")[..<16]) == [0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 16, 0, 0, 0, 20])
    try run(["encode", "a.idx", "-o", "a.csv"] + model)
    try run(["decode", "latents.csv", "-o", "p%d.png"] + model)
    try run(["encode", "p0.png", "p1.png", "p2.png", "-o", "b.csv"] + model)
    #expect(try bytes("a.csv") == bytes("b.csv"))
  }

  @Test func coloursAreRefusedInFilesOfGreyImages() throws {
    let outcome = try Program.run(
      ["decode", "latents.csv", "--model", "colour.safetensors", "-o", "a.idx.gz"], in: folder.path)
    #expect(outcome.status == 1)
    #expect(
      outcome.errors
        == "latent-explorer: a.idx.gz: IDX files hold no colours, and the model's images are 20×16 in colour; "
        + "use .npy or .png\n")
    #expect(!FileManager.default.fileExists(atPath: path("a.idx.gz")))
  }

  @Test(arguments: ["set.npz", "pictures", "table.csv.zip"]) func encodeSaysHowDataSetsAreOpened(
    name: String
  ) throws {
    let outcome = try Program.run(["encode", "--model", "digits", name, "-o", "a.csv"], in: folder.path)
    #expect(outcome.status == 64)
    #expect(
      outcome.errors.contains(
        "'\(name)' does not end in idx3-ubyte, .png, .npy; name its format with --from. "
          + "--data opens data sets: .npz archives; "))
  }

  @Test(arguments: [
    (["encode", "--model", "digits", "images.npy"], ["images.npy: ", "[3, 16, 20]", "(count, 28, 28)"]),
    (["encode", "--model", "colour.safetensors", "images.npy"], ["[3, 16, 20]", "(count, 16, 20, 3)"]),
    (["encode", "--model", "digits", "--data", "sprites"], ["64×64", "28×28"]),
    (["encode", "--model", "grey.safetensors", "--data", "digits"], ["28×28", "20×16"]),
    (["encode", "--model", "colour.safetensors", "a.idx"], ["a.idx: ", "20×16, not of 20×16 in colour"]),
  ]) func otherShapesAreAnErrorWithBoth(arguments: [String], parts: [String]) throws {
    try run(["decode", "latents.csv", "-o", "images.npy", "--model", "grey.safetensors"])
    try run(["decode", "latents.csv", "-o", "a.idx", "--model", "grey.safetensors"])
    let outcome = try Program.run(arguments + ["-o", "out.csv"], in: folder.path)
    #expect(outcome.status == 1 && outcome.output.isEmpty)
    #expect(parts.allSatisfy(outcome.errors.contains), "\(outcome.errors)")
    #expect(!FileManager.default.fileExists(atPath: path("out.csv")))
  }
}
