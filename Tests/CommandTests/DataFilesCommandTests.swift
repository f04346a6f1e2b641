import Checkpoints
import Foundation
import TestSupport
import Testing

/// `--data` with files and its options, and `inspect --data`.
@Suite struct DataFilesCommandTests {
  /// The images and labels of a small set as an archive of NumPy's.
  private static func archive(of data: SmallDataset) throws -> [UInt8] {
    func array(_ name: String, _ shape: String, header: Int) throws -> [UInt8] {
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(data.path)/\(name)")))
      return NumPyBytes.file(NumPyBytes.header("|u1", shape), Array(bytes[header...]))
    }
    return ZIPBytes.npz([
      ("x_train", try array("train-images-idx3-ubyte", "(96, 28, 28)", header: 16)),
      ("y_train", try array("train-labels-idx1-ubyte", "(96,)", header: 8)),
      ("x_test", try array("t10k-images-idx3-ubyte", "(12, 28, 28)", header: 16)),
      ("y_test", try array("t10k-labels-idx1-ubyte", "(12,)", header: 8)),
    ])
  }

  private static func train(_ data: String, to folder: String, _ extra: String...) throws -> Program.Outcome {
    try Program.run(
      [
        "train", "--recipe", "article", "--data", data, "--epochs", "1,1,1", "--held-out", "16",
        "--batch-size",
        "32", "--hidden", "16,8", "--output", folder,
      ] + extra)
  }

  @Test func archivesTrainToTheWeightsOfIDXFiles() throws {
    let (data, folder) = (try SmallDataset(), try TemporaryFolder())
    let path = try folder.write(Self.archive(of: data), to: "set.npz")
    let plain = try Self.train(data.path, to: "\(folder.path)/idx")
    let packed = try Self.train(path, to: "\(folder.path)/npz")
    #expect(plain.status == 0 && packed.status == 0, "\(plain.errors)\(packed.errors)")
    #expect(plain.errors.contains("idx: train-images-idx3-ubyte (u1, 96×28×28): images (train); "))
    #expect(packed.errors.contains("npz: x_train (u1, 96×28×28): images (train)"))
    let (one, other) = (
      try ModelFile.read("\(folder.path)/idx/model.safetensors"),
      try ModelFile.read("\(folder.path)/npz/model.safetensors")
    )
    #expect(one.weights.map(\.values) == other.weights.map(\.values))
  }

  @Test func resumingFindsTheOptions() throws {
    let (data, folder) = (try SmallDataset(), try TemporaryFolder())
    let path = try folder.write(Self.archive(of: data), to: "set.npz")
    let run = "\(folder.path)/run"
    let options = ["--subset", "60", "--image-size", "16", "--invert-data"]
    let outcome = try Program.run(
      [
        "train", "--recipe", "article", "--data", path, "--epochs", "1,1,1", "--batch-size", "16", "--hidden",
        "16,8", "--output", run,
      ] + options)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("a subset of 60 of 108 images"))
    try FileManager.default.removeItem(atPath: "\(run)/model.safetensors")
    let resumed = try Program.run(["train", "--resume", run])
    #expect(resumed.status == 0, "\(resumed.errors)")
    #expect(FileManager.default.fileExists(atPath: "\(run)/model.safetensors"))
    let other = try Program.run(["train", "--resume", run, "--data", path, "--subset", "50"])
    #expect(other.status == 0 || other.errors.contains("the data differ"), "\(other.errors)")
  }

  @Test func evaluationTakesTheOptions() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Self.archive(of: SmallDataset()), to: "set.npz")
    let outcome = try Program.run(
      ["evaluate", "--model", "digits", "--data", path, "--key", "images=x_test,labels=y_test", "--json"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("x_train (u1, 96×28×28): not read"))
    let missing = try Program.run(["evaluate", "--model", "digits", "--data", path, "--key", "images=x"])
    #expect(missing.status == 1)
    #expect(missing.errors.contains("no array 'x': there are x_train (u1, 96×28×28)"))
  }

  @Test func filesOfMNISTsNamesMayHaveAnotherSize() throws {
    let folder = try TemporaryFolder()
    for part in ["train", "t10k"] {
      let images = (0..<20 * 256).map { UInt8(truncatingIfNeeded: $0 * 7) }
      try folder.write(
        [0, 0, 8, 3, 0, 0, 0, 20, 0, 0, 0, 16, 0, 0, 0, 16] + images, to: "\(part)-images-idx3-ubyte")
      try folder.write(
        [0, 0, 8, 1, 0, 0, 0, 20] + (0..<20).map { UInt8($0 % 10) }, to: "\(part)-labels-idx1-ubyte")
    }
    let outcome = try Program.run(["evaluate", "--model", "digits", "--data", folder.path])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("train-images-idx3-ubyte (u1, 20×16×16): images (train)"))
  }

  @Test(arguments: [
    ["--key", "x"], ["--key", "images="], ["--key", "a=b"], ["--image-size", "7"],
    ["--image-size", "64x129"],
    ["--image-size", "1x2x3"], ["--image-channels", "3"], ["--subset", "1"], ["--subset", "x"],
  ]) func badOptionsAreUsageErrors(options: [String]) throws {
    #expect(try Program.run(["evaluate", "--model", "digits", "--data", "x"] + options).status == 64)
    #expect(try Program.run(["inspect", "--data", "x"] + options).status == 64)
  }

  @Test func theOptionsNeedFiles() throws {
    #expect(try Program.run(["screen", "--subset", "5"]).status == 64)
    let outcome = try Program.run(["evaluate", "--model", "digits", "--data", "digits", "--invert-data"])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("--invert-data are for files, not for built-in sets"))
  }

  @Test func inspectDescribesDataSets() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Self.archive(of: SmallDataset()), to: "set.npz")
    let sheet = "\(folder.path)/sheet.png"
    let outcome = try Program.run(["inspect", "--data", path, "--output", sheet])
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    for line in [
      "kind         npz", "name         set", "x_train: u1 96×28×28, images (train)", "images       28×28",
      "range        values 0 to 255", "parts        96 train, 12 test", "read         108 images",
      "memory       0.1 MB",
    ] { #expect(outcome.output.contains(line), "\(line) is missing in\n\(outcome.output)") }
    #expect(outcome.output.contains("class       train        test\n0              10           2"))
    #expect(
      [UInt8](try Data(contentsOf: URL(fileURLWithPath: sheet))).starts(with: [0x89, 0x50, 0x4E, 0x47]))
    let json = try Program.run(["inspect", "--data", path, "--json"])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.outputBytes)) as? [String: Any])
    #expect(object["kind"] as? String == "npz" && object["images_read"] as? Int == 108)
    #expect((object["classes"] as? [Any])?.count == 10)
  }

  @Test func inspectDescribesBuiltInAndFetchedSets() throws {
    let digits = try Program.run(["inspect", "--data", "digits"])
    #expect(digits.status == 0 && digits.errors.isEmpty, "\(digits.errors)")
    for line in [
      "kind         built-in", "images       28×28", "parts        60000 train, 10000 test",
      "notes        images are drawn when they are read", "\n0            6069         980\n",
    ] { #expect(digits.output.contains(line), "\(line) is missing in\n\(digits.output)") }
    let folder = try TemporaryFolder()
    let options = ["--image-size", "16", "--subset", "100", "--output", "\(folder.path)/sheet.png", "--json"]
    let sprites = try Program.run(["inspect", "--data", "sprites"] + options)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(sprites.outputBytes)) as? [String: Any])
    #expect(object["images"] as? String == "64×64" && object["converted_images"] as? String == "16×16")
    #expect(
      object["notes"] as? [String] == [
        "images are drawn when they are read", "converted: resized from 64×64 to 16×16",
        "a subset of 100 of 70000 images, the first ones",
      ])
    #expect(object["factors"] as? [String] == ["scale", "orientation (°)", "x", "y"])
    #expect(FileManager.default.fileExists(atPath: "\(folder.path)/sheet.png"))
    let data = try SmallDataset(fetchedAs: "mnist")
    let fetched = try Program.run(
      ["inspect", "--data", "mnist"], environment: ["XDG_DATA_HOME": data.dataHome])
    #expect(fetched.status == 0 && fetched.output.contains("name         mnist"), "\(fetched.errors)")
    #expect(fetched.output.contains("parts        96 train, 12 test"))
  }

  /// A picture is faulty beyond its header, which is all that opening reads.
  @Test func aBrokenPictureIsNamed() throws {
    let folder = try TemporaryFolder()
    for index in 0..<30 {
      let picture = PNGBytes.grey()
      let name = "\(index % 3)/\(index).png"
      try FileManager.default.createDirectory(
        atPath: "\(folder.path)/\(index % 3)", withIntermediateDirectories: true)
      try folder.write(index == 7 ? Array(picture.dropLast(20)) : picture, to: name)
    }
    let sentence = "latent-explorer: \(folder.path)/1/7.png: the PNG ends too early\n"
    let report = try Program.run(["inspect", "--data", folder.path])
    #expect(report.status == 1 && report.output.contains("30 pictures of 28×28: images"))
    #expect(report.errors == sentence)
    let run = "\(folder.path)-run"
    let training = try Self.train(folder.path, to: run)
    #expect(training.status == 1 && training.errors.hasSuffix(sentence), "\(training.errors)")
    #expect(!FileManager.default.fileExists(atPath: run))
  }

  @Test func inspectSaysHowFarItCame() throws {
    let folder = try TemporaryFolder()
    var bytes = try Self.archive(of: SmallDataset())
    bytes[1200] ^= 0xFF
    let path = try folder.write(bytes, to: "set.npz")
    let damaged = try Program.run(["inspect", "--data", path])
    #expect(damaged.status == 1)
    #expect(damaged.output.contains("kind         npz"))
    #expect(damaged.errors.contains("latent-explorer: \(path): "))
    let hdf = try folder.write([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A], to: "usps.h5")
    let foreign = try Program.run(["inspect", "--data", hdf, "--json"])
    #expect(foreign.status == 1)
    #expect(foreign.output.contains("HDF5 files are not read"))
    #expect(foreign.errors.contains("usps.h5: HDF5 files are not read; convert it to .npz by numpy.savez"))
  }
}
