import Foundation
import TestSupport
import Testing

/// `encode` and `decode`: images to latents and back, in files.
@Suite struct ExchangeCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func path(_ name: String) -> String { "\(folder.path)/\(name)" }

  private func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path(name))))
  }

  private func run(_ arguments: [String]) throws {
    let outcome = try Program.run(arguments)
    #expect(
      outcome.status == 0 && outcome.output.isEmpty && outcome.faults.isEmpty,
      "\(arguments): \(outcome.errors)")
  }

  /// Latents of the first built-in digits.
  private func encodeDigits(_ count: Int, to name: String, model: String = "digits") throws {
    try run([
      "encode", "--model", model, "--data", "digits", "--images", "\(count)", "--output", path(name),
    ])
  }

  @Test func columnsHaveTheCoordinatesNames() throws {
    try encodeDigits(3, to: "a.csv", model: "four-coordinates")
    let lines = String(decoding: try bytes("a.csv"), as: UTF8.self).split(separator: "\n")
    let free = (1...16).map { ",z\($0)" }.joined()
    #expect(lines.count == 4 && lines[0] == "rotation,shift-x,shift-y,scale" + free)
    #expect(lines.dropFirst().allSatisfy { $0.split(separator: ",").allSatisfy { Float($0) != nil } })
  }

  /// All ways from latents to images and back result in the same latents.
  @Test func everyFormatKeepsWhatItCan() throws {
    try encodeDigits(20, to: "first.npy")
    try encodeDigits(20, to: "first.csv")
    for source in ["first.npy", "first.csv"] {
      for name in ["a.npy", "a-idx3-ubyte", "a-idx3-ubyte.gz", "b.idx"] {
        try run(["decode", "--model", "digits", path(source), "--output", path("\(source)-\(name)")])
      }
    }
    for name in ["a.npy", "a-idx3-ubyte", "a-idx3-ubyte.gz", "b.idx"] {
      #expect(try bytes("first.npy-\(name)") == bytes("first.csv-\(name)"))
      try run([
        "encode", "--model", "digits", path("first.npy-\(name)"), "--output", path("\(name)-again.csv"),
      ])
    }
    let again = try ["a-idx3-ubyte", "a-idx3-ubyte.gz", "b.idx"].map { try bytes("\($0)-again.csv") }
    #expect(Set(again).count == 1)
    // Images of bytes equal those of floats, except for rounding.
    try run(["decode", "--model", "digits", path("first.csv"), "--output", path("d-%03d.png")])
    let pictures = (0..<20).map { path(String(format: "d-%03d.png", $0)) }
    try run(["encode", "--model", "digits"] + pictures + ["--output", path("png.csv")])
    #expect(try bytes("png.csv") == again[0])
  }

  @Test func theSameForAnyNumberOfThreads() throws {
    for threads in ["1", "3"] {
      try run([
        "encode", "--model", "digits", "--data", "digits", "--images", "600", "--threads", threads, "-o",
        path("\(threads).npy"),
      ])
      try run([
        "decode", "--model", "digits", path("\(threads).npy"), "--threads", threads, "-o",
        path("i\(threads).npy"),
      ])
    }
    #expect(try bytes("1.npy") == bytes("3.npy") && bytes("i1.npy") == bytes("i3.npy"))
  }

  @Test func aDataSetsSplitsAreRead() throws {
    let small = try SmallDataset(training: 9, test: 4)
    for (options, file, count) in [([], "t10k", 4), (["--training"], "train", 9)] {
      try run(["encode", "--model", "mnist", "--data", small.path, "-o", path("data.csv")] + options)
      try run([
        "encode", "--model", "mnist", "\(small.path)/\(file)-images-idx3-ubyte", "-o", path("file.csv"),
      ])
      #expect(try bytes("data.csv") == bytes("file.csv"))
      #expect(try bytes("data.csv").count { $0 == 0x0A } == count + 1)
    }
  }

  @Test func oneRowIsAPictureAndMoreAreASheet() throws {
    func size(_ name: String) throws -> [Int] {
      let bytes = try bytes(name)
      return [16, 20].map { start in bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
    }
    for (count, options, expected) in [
      (1, [], [28, 28]), (1, ["--scale", "3"], [84, 84]), (5, [], [5 * 29 + 1, 30]),
      (5, ["--columns", "2", "--scale", "2"], [2 * 57 + 1, 3 * 57 + 1]),
    ] {
      try encodeDigits(count, to: "a.csv")
      try run(["decode", "--model", "digits", path("a.csv"), "-o", path("a.png")] + options)
      #expect(try size("a.png") == expected)
    }
  }

  @Test func standardInputAndOutput() throws {
    try encodeDigits(4, to: "a.csv")
    try encodeDigits(4, to: "a.npy")
    for (name, format) in [("a.npy", "npy"), ("a.idx", "idx"), ("a-idx3-ubyte.gz", "idx")] {
      let images = name.hasPrefix("a.npy") ? "images.npy" : name
      try run(["decode", "--model", "digits", path("a.csv"), "-o", path(images)])
      let command =
        "'\(Program.path)' encode --model digits - --from \(format) --to csv -o - < '\(path(images))'"
      try run(["encode", "--model", "digits", path(images), "-o", path("expected.csv")])
      #expect(try shell(command) == bytes("expected.csv"))
    }
    for (name, format) in [("a.csv", "csv"), ("a.npy", "npy")] {
      let command =
        "'\(Program.path)' decode --model digits - --from \(format) --to npy -o - < '\(path(name))'"
      #expect(try shell(command) == bytes("images.npy"))
    }
  }

  private func shell(_ command: String) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command + " > '\(path("standard-output"))'"]
    process.environment = Program.environment(home: folder.path)
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(command)")
    return try bytes("standard-output")
  }

  @Test(arguments: [
    ["encode", "a.npy", "-o", "a.csv"], ["encode", "--model", "digits", "-o", "a.csv"],
    ["encode", "--model", "digits", "a.npy", "--data", "digits", "-o", "a.csv"],
    ["encode", "--model", "digits", "a.npy"], ["encode", "--model", "digits", "a.jpg", "-o", "a.csv"],
    ["encode", "--model", "digits", "a.npy", "-o", "a.png"],
    ["encode", "--model", "digits", "a.npy", "-o", "a"],
    ["encode", "--model", "digits", "a.csv", "-o", "a.csv"],
    ["encode", "--model", "digits", "-", "-o", "a.csv"],
    ["encode", "--model", "digits", "-", "-", "--from", "npy", "-o", "a.csv"],
    ["encode", "--model", "digits", "a.npy", "-o", "-"],
    ["encode", "--model", "digits", "a.npy", "--training", "-o", "a.csv"],
    ["encode", "--model", "digits", "a.npy", "--images", "3", "-o", "a.csv"],
    ["encode", "--model", "digits", "--data", "digits", "--images", "0", "-o", "a.csv"],
    ["encode", "--model", "digits", "a.npy", "--threads", "0", "-o", "a.csv"],
    ["decode", "--model", "digits", "-o", "a.npy"], ["decode", "a.csv", "-o", "a.npy"],
    ["decode", "--model", "digits", "a.png", "-o", "a.npy"],
    ["decode", "--model", "digits", "a.csv", "-o", "a.csv"],
    ["decode", "--model", "digits", "a.csv", "-o", "a.npy.gz"],
    ["decode", "--model", "digits", "a.csv", "-o", "a.png", "--columns", "0"],
    ["decode", "--model", "digits", "a.csv", "-o", "a.png", "--scale", "65"],
    ["decode", "--model", "digits", "a.csv", "-o", "a.png", "--threads", "257"],
  ]) func invalidValuesAreRefused(arguments: [String]) throws {
    let outcome = try Program.run(arguments)
    #expect(outcome.status == 64 && outcome.output.isEmpty && !outcome.errors.isEmpty)
  }

  @Test func errorsNameTheFormatOfTheFileName() throws {
    let encoded = try Program.run(["encode", "--model", "digits", "a.csv", "-o", "b.csv"])
    #expect(encoded.errors.contains("'a.csv' is named as csv, but images are idx, png, npy; --from"))
    let decoded = try Program.run(["decode", "--model", "digits", "a.csv", "-o", "b.csv"])
    #expect(decoded.errors.contains("'b.csv' is named as csv, but images are npy, idx, png; --to"))
    let named = try Program.run(["encode", "--model", "digits", "a", "--from", "csv", "-o", "b.csv"])
    #expect(named.errors.contains("--from takes idx, png, npy here, not csv"))
  }

  /// More files than a process may have open at once.
  @Test func moreFilesThanTheOpenFileLimitAreRead() throws {
    let (digits, latents) = (path("two.npy"), "rotation,z1,z2,z3,z4,z5\n0,0,0,0,0,0\n0,0,0,0,0,0\n")
    let images = try Program.run(
      ["decode", "--model", "article", "-", "--from", "csv", "-o", digits], input: Array(latents.utf8))
    #expect(images.status == 0, "\(images.errors)")
    let outcome = try Program.run(
      ["encode", "--model", "article", "-o", path("all.csv")] + Array(repeating: digits, count: 60),
      inShell: "ulimit -n 40; exec \"$0\" \"$@\"")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = try String(contentsOfFile: path("all.csv"), encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 1 + 120)
    #expect(Set(lines.dropFirst()).count == 1)
  }

  /// Unreadable files: the error names the fault, and no output is published or lost.
  @Test(arguments: [
    ("encode", "a.npy", "no array", "a.npy: not a NumPy file"),
    ("encode", "a.png", "no picture", "a.png: not a PNG file"),
    ("encode", "a.idx", "no images", "a.idx: not an IDX file"),
    ("encode", "a.idx.gz", "no gzip", "a.idx.gz: not gzip"),
    ("decode", "a.npy", "no array", "a.npy: not a NumPy file"),
    ("decode", "a.csv", "", "a.csv: the file is empty"),
    ("decode", "a.csv", "rotation,z1\n1,2\n", "a.csv: line 1: column z2 is missing"),
    ("decode", "a.csv", "rotation,z1,z77\n1,2\n", "a.csv: line 1: the model has no coordinate 'z77'"),
    (
      "decode", "a.csv", "rotation,z1,z2,z3,z4,z5\n1,2,3,4,5,6\n1,2,x,4,5,6\n",
      "a.csv: line 3: 'x' in column"
    ),
  ]) func unreadableInputIsAnError(command: String, name: String, contents: String, sentence: String) throws {
    let file = try folder.write(Array(contents.utf8), to: name)
    let (output, old) = (path(command == "encode" ? "out.csv" : "out.npy"), Array("old".utf8))
    for before in [nil, old] {
      if let before { try Data(before).write(to: URL(fileURLWithPath: output)) }
      let outcome = try Program.run([command, "--model", "article", file, "--output", output])
      #expect(outcome.status == 1 && outcome.output.isEmpty)
      #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
      #expect((try? Data(contentsOf: URL(fileURLWithPath: output))).map(Array.init) == before)
    }
    #expect(try folder.fileNames() == [name, output.split(separator: "/").last.map(String.init)])
  }

  @Test func missingFilesAreNamed() throws {
    for arguments in [
      ["encode", "--model", "digits", path("no.npy"), "-o", path("a.csv")],
      ["encode", "--model", "digits", path("no.png"), "-o", path("a.csv")],
      ["decode", "--model", "digits", path("no.csv"), "-o", path("a.npy")],
      ["encode", "--model", "digits", "--data", "digits", "-o", "\(path("no"))/a.csv"],
    ] {
      let outcome = try Program.run(arguments)
      #expect(outcome.status == 1 && outcome.errors.contains("\(folder.path)/no"), "\(outcome.errors)")
    }
    #expect(try folder.fileNames() == [])
  }

  @Test func aSheetOfTooManyPixelsIsRefused() throws {
    let names = "rotation,z1,z2,z3,z4,z5\n"
    let rows = String(repeating: "0,0,0,0,0,0\n", count: 90)
    let file = try folder.write(Array((names + rows).utf8), to: "a.csv")
    let outcome = try Program.run([
      "decode", "--model", "article", file, "--scale", "64", "-o", path("a.png"),
    ])
    #expect(outcome.status == 1 && outcome.errors.contains("smaller scale"), "\(outcome.errors)")
    #expect(try folder.fileNames() == ["a.csv"])
  }
}
