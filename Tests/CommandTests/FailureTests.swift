import Foundation
import TestSupport
import Testing

/// Failures: a sentence on standard error that names the cause, no output on standard output, status 1; 64
/// for an invalid command line.
@Suite struct FailureTests {
  private func expectFailure(
    _ arguments: [String], status: Int32, naming word: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try Program.run(arguments)
    #expect(outcome.status == status, sourceLocation: sourceLocation)
    #expect(outcome.output.isEmpty, sourceLocation: sourceLocation)
    #expect(outcome.errors.contains(word), "\(outcome.errors)", sourceLocation: sourceLocation)
    if status == 1 {
      #expect(outcome.faults.hasPrefix("latent-explorer: "), sourceLocation: sourceLocation)
      #expect(outcome.faults.split(separator: "\n").count == 1, sourceLocation: sourceLocation)
    }
  }

  @Test func aMissingModelIsNamed() throws {
    let path = "/no/such/model.safetensors"
    try expectFailure(["inspect", path], status: 1, naming: path)
    try expectFailure(["screen", "--model", path], status: 1, naming: path)
    try expectFailure(["explore", "--model", path], status: 1, naming: path)
    try expectFailure(["evaluate", "--model", path, "--data", "digits"], status: 1, naming: path)
    try expectFailure(
      [
        "train", "--data", "digits", "--recipe", "article", "--phases", "3", "--model", path, "--output", "x",
      ],
      status: 1, naming: path)
  }

  @Test func aFileThatIsNoModelIsNamed() throws {
    let folder = try TemporaryFolder()
    for bytes in [[], Array("not a model".utf8), [UInt8](repeating: 0, count: 64)] {
      let path = try folder.write(bytes, to: "wrong.safetensors")
      try expectFailure(["inspect", path], status: 1, naming: path)
    }
    // A valid file cut off.
    let data = try SmallDataset()
    let outcome = try Program.run([
      "train", "--data", data.path, "--recipe", "article", "--epochs", "1,0,0", "--hidden", "4", "--held-out",
      "0", "--batch-size", "8", "--output", folder.path,
    ])
    #expect(outcome.status == 0)
    let whole = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/model.safetensors"))
    let path = try folder.write(Array(whole.dropLast(1)), to: "cut.safetensors")
    try expectFailure(["inspect", path], status: 1, naming: path)
  }

  @Test func theModelInAFolderIsNamed() throws {
    let folder = try TemporaryFolder()
    try folder.write([], to: "model.safetensors")
    let outcome = try Program.run(["evaluate", "--model", folder.path, "--data", "digits"])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("this is a folder; the model in it is \(folder.path)/model.safetensors"))
  }

  @Test func controlCharactersInANameDoNotReachTheTerminal() throws {
    let outcome = try Program.run(["inspect", "no\u{1B}[2Jsuch"])
    #expect(outcome.status == 1)
    #expect(!outcome.errors.contains("\u{1B}"))
  }

  @Test func anUnknownDataSetIsNamed() throws {
    for command in ["screen", "explore"] {
      try expectFailure([command, "--data", "no-such-set"], status: 1, naming: "no-such-set")
    }
    try expectFailure(
      ["evaluate", "--model", "digits", "--data", "no-such-set"], status: 1, naming: "no-such-set")
  }

  @Test func aDamagedDataSetIsNamed() throws {
    let data = try SmallDataset()
    let images = "\(data.path)/t10k-images-idx3-ubyte"
    try data.folder.write([0, 0, 8, 3, 0, 0], to: "t10k-images-idx3-ubyte")
    try expectFailure(["screen", "--data", data.path], status: 1, naming: images)
    try FileManager.default.removeItem(atPath: images)
    try expectFailure(["screen", "--data", data.path], status: 1, naming: "t10k-images-idx3-ubyte")
  }

  @Test func aFolderThatCannotBeMadeIsNamed() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write([1], to: "file")
    try expectFailure(
      ["train", "--data", "digits", "--recipe", "article", "--output", "\(file)/run"], status: 1,
      naming: "\(file)/run")
  }

  @Test func tooFewImagesAreRefused() throws {
    let data = try SmallDataset(training: 20)
    let output = try TemporaryFolder()
    try expectFailure(
      [
        "train", "--data", data.path, "--recipe", "article", "--held-out", "4", "--batch-size", "17",
        "--output", output.path,
      ], status: 1, naming: "20 training images")
  }

  @Test(arguments: [
    (["--frobnicate"], "--frobnicate"),
    (["screen", "--frobnicate"], "--frobnicate"),
    (["train", "--data", "digits", "--recipe", "article"], "--output"),
    (["train", "--data", "digits", "--recipe", "none", "--output", "x"], "none"),
    (["train", "--data", "digits", "--recipe", "article", "--output", "x", "--epochs", "1,1"], "--epochs"),
    (["train", "--data", "digits", "--recipe", "article", "--output", "x", "--phases", "3"], "--model"),
    (["train", "--data", "digits", "--recipe", "article", "--output", "x", "--hidden", "0"], "--hidden"),
    (["evaluate", "--model", "digits", "--data", "digits", "--threads", "0"], "--threads"),
    (["evaluate", "--model", "digits", "--data", "digits", "--interpolation", "cubic"], "cubic"),
  ]) func aWrongCommandLineIsAUsageError(arguments: [String], word: String) throws {
    try expectFailure(arguments, status: 64, naming: word)
  }

  /// A full disk behind standard output.
  @Test(
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "only Linux has such a device"),
    arguments: [
      ["inspect"], ["inspect", "digits"], ["screen"], ["--version"], ["train", "--help"],
      ["evaluate", "--model", "digits", "--data", "digits", "--images", "50"],
    ])
  func outputThatCannotBeWrittenIsAFailure(arguments: [String]) throws {
    let outcome = try Program.run(arguments, inShell: #""$0" "$@" > /dev/full"#)
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.contains("latent-explorer: standard output cannot be written: "), "\(outcome.errors)")
  }

  @Test func unknownKernelsAreRefused() throws {
    let outcome = try Program.run(["inspect", "digits"], environment: ["LATENT_EXPLORER_KERNELS": "AVX9"])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("LATENT_EXPLORER_KERNELS=AVX9: this processor runs baseline"))
  }
}
