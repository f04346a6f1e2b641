import Foundation
import TestSupport
import Testing

/// Pipes, devices and links as files, for every command that reads or writes some.
@Suite struct StreamFilesTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(Self.latents.get(), to: "a.csv")
  }

  /// The encoder's outputs for three images, as CSV.
  private static let latents = Result {
    let outcome = try Program.run(
      ["encode", "--model", "digits", "--data", "digits", "--images", "3", "--to", "csv", "-o", "-"])
    try #require(outcome.status == 0)
    return outcome.outputBytes
  }

  /// Command lines with OUT for the output, the name of a plain file for the same, and the options for a name
  /// without a suffix.
  private static let writers: [(arguments: [String], name: String, options: [String])] = [
    (
      ["encode", "--model", "digits", "--data", "digits", "--images", "2", "-o", "OUT"], "w.csv",
      ["--to", "csv"]
    ),
    (
      ["encode", "--model", "digits", "--data", "digits", "--images", "2", "-o", "OUT"], "w.npy",
      ["--to", "npy"]
    ),
    (["decode", "--model", "digits", "a.csv", "-o", "OUT"], "w.npy", ["--to", "npy"]),
    (["decode", "--model", "digits", "a.csv", "-o", "OUT"], "w.idx", ["--to", "idx"]),
    (["decode", "--model", "digits", "a.csv", "-o", "OUT"], "w.png", ["--to", "png"]),
    (["render", "turn", "--data", "digits", "--frames", "2", "-o", "OUT"], "w.gif", []),
    (["render", "grid", "--data", "digits", "--angles", "2", "-o", "OUT"], "w.png", []),
    (["render", "map", "--data", "digits", "--count", "5", "-o", "OUT"], "w.svg", []),
    (["render", "map", "--data", "digits", "--count", "5", "-o", "OUT"], "w.png", ["--format", "png"]),
    (["screen", "--output", "OUT"], "w.txt", []),
  ]

  private func run(
    _ arguments: [String], output: String, _ script: String
  ) throws -> Program.Outcome {
    try Program.run(
      arguments.map { $0 == "OUT" ? output : $0 }, in: folder.path, inShell: script)
  }

  private func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\(name)")))
  }

  private func mode(_ name: String) -> mode_t {
    var status = stat()
    return stat("\(folder.path)/\(name)", &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  // MARK: Outputs

  @Test(arguments: writers)
  func pipesReceiveTheSameBytesAsFiles(arguments: [String], name: String, options: [String]) throws {
    #expect(try run(arguments, output: name, #""$0" "$@""#).status == 0)
    let expected = try bytes(name)
    let ways = [
      ("pipe", #"mkfifo pipe; "$0" "$@" & cat pipe > got; wait $!"#),
      ("link", #"rm -f pipe; mkfifo pipe; ln -s pipe link; "$0" "$@" & cat link > got; wait $!"#),
      ("/dev/stdout", #""$0" "$@" | cat > got; exit ${PIPESTATUS[0]}"#),
      ("/dev/fd/3", #""$0" "$@" 3> got"#),
      ("out", #"ln -s /dev/stdout out; "$0" "$@" | cat > got; [ -h out ] && exit ${PIPESTATUS[0]}"#),
    ]
    for (output, script) in ways {
      let outcome = try run(arguments + options, output: output, script)
      #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(output): \(outcome.errors)")
      #expect(try bytes("got") == expected, "\(output)")
    }
    let substituted = try run(
      arguments.dropLast(), output: "",
      #""$0" "$@" >(cat > got2; mv got2 got3) \#(options.joined(separator: " ")); s=$?; while ! [ -e got3 ]; do sleep 0.02; done; exit $s"#
    )
    #expect(substituted.status == 0 && substituted.errors.isEmpty, "\(substituted.errors)")
    #expect(try bytes("got3") == expected)
  }

  /// Other output before and after is kept.
  @Test func standardOutputIsAppendedTo() throws {
    let arguments = Self.writers[0].arguments + Self.writers[0].options
    let outcome = try run(
      arguments, output: "/dev/stdout", #"{ echo before; "$0" "$@"; echo after; } > all; exit 0"#)
    #expect(outcome.errors.isEmpty)
    let text = String(decoding: try bytes("all"), as: UTF8.self)
    #expect(text.hasPrefix("before\nrotation,") && text.hasSuffix("\nafter\n"))
  }

  @Test(arguments: writers)
  func linksAndPermissionsAreKept(arguments: [String], name: String, options: [String]) throws {
    try FileManager.default.createDirectory(atPath: "\(folder.path)/sub", withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/\(name)", withDestinationPath: "sub/\(name)")
    #expect(try run(arguments, output: name, #"umask 027; "$0" "$@""#).status == 0)
    #expect(mode("sub/\(name)") == 0o640)
    let first = try bytes("sub/\(name)")
    try #require(chmod("\(folder.path)/sub/\(name)", 0o604) == 0)
    #expect(try run(arguments, output: name, #"umask 077; "$0" "$@""#).status == 0)
    #expect(mode("sub/\(name)") == 0o604)
    #expect(try bytes("sub/\(name)") == first)
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder.path)/\(name)") == "sub/\(name)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/sub") == [name])
  }

  @Test func numberedPicturesFollowLinks() throws {
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/d-1.png", withDestinationPath: "other.png")
    let arguments = ["decode", "--model", "digits", "a.csv", "-o", "d-%d.png"]
    #expect(try run(arguments, output: "", #""$0" "$@""#).status == 0)
    #expect(try bytes("other.png").starts(with: [0x89, 0x50]))
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder.path)/d-1.png") == "other.png")
  }

  @Test(arguments: writers)
  func unwritableOutputsAreErrors(arguments: [String], name: String, options: [String]) throws {
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/loop\(name)", withDestinationPath: "loop\(name)")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/lost\(name)", withDestinationPath: "none/\(name)")
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/dir\(name)", withIntermediateDirectories: false)
    for (output, words) in [
      ("loop\(name)", "Too many levels of symbolic links"), ("lost\(name)", "there is no folder 'none'"),
      ("dir\(name)", "this is a folder, not a file"),
    ] {
      let outcome = try run(arguments, output: output, #""$0" "$@""#)
      #expect(outcome.status == 1 && outcome.errors.contains(words), "\(outcome.errors)")
    }
    #if os(Linux)
      let full = try run(arguments + options, output: "/dev/full", #""$0" "$@""#)
      #expect(full.status == 1)
      #expect(full.errors == "latent-explorer: /dev/full: cannot write: No space left on device\n")
    #endif
    let closed = try run(arguments + options, output: "/dev/fd/3", #""$0" "$@" 3> >(exec true); exit $?"#)
    #expect(closed.status == 141 || closed.status == 0, "\(closed.errors)")
    #expect(closed.errors.isEmpty)
  }

  /// An error during the work writes no output.
  @Test func aFailureWritesNoOutput() throws {
    try folder.write(Array("rotation\n1\n".utf8), to: "bad.csv")
    let outcome = try run(
      ["decode", "--model", "digits", "bad.csv", "--to", "npy", "-o", "OUT"], output: "/dev/stdout",
      #""$0" "$@" | cat > got; exit ${PIPESTATUS[0]}"#)
    #expect(outcome.status == 1)
    #expect(try bytes("got") == [])
  }

  @Test func outputFilesNeedAKnownSuffix() throws {
    for arguments in [
      ["render", "map", "-o", "map.pdf"], ["render", "map", "-o", "map"], ["render", "turn", "-o", "a"],
      ["screen", "--output", "a"], ["screen", "--output", "a.pdf"],
    ] {
      let outcome = try Program.run(arguments, in: folder.path)
      #expect(outcome.status == 64 && outcome.output.isEmpty, "\(arguments)")
    }
    let named = ["render", "map", "--data", "digits", "--count", "5", "--format", "svg", "-o", "map"]
    #expect(try Program.run(named, in: folder.path).status == 0)
    #expect(try bytes("map").starts(with: Array("<?xml".utf8)))
  }

  // MARK: Inputs

  @Test func inputsThatAreReadOnceMayBePipes() throws {
    for (source, target) in [("a.csv", "i.npy"), ("i.npy", "i.csv"), ("a.csv", "i.idx"), ("a.csv", "i.gz")] {
      let command = source == "i.npy" ? "encode" : "decode"
      let format = target == "i.gz" ? ["--to", "idx"] : []
      #expect(
        try Program.run(
          [command, "--model", "digits", source, "-o", target] + format, in: folder.path
        ).status == 0)
    }
    #expect(
      try Program.run(["decode", "--model", "digits", "a.csv", "-o", "p-%d.png"], in: folder.path).status == 0
    )
    for (command, source, format) in [
      ("decode", "a.csv", "csv"), ("encode", "i.npy", "npy"), ("encode", "i.idx", "idx"),
      ("encode", "i.gz", "idx"), ("encode", "p-1.png", "png"), ("decode", "i.csv", "csv"),
    ] {
      let options = "--model digits --from \(format) --to npy -o"
      let script = """
        if [ \(format) = idx ]; then cp \(source) plain-idx3-ubyte; [ \(source) = i.gz ] && mv plain-idx3-ubyte p.idx3-ubyte; fi
        "$0" \(command) \(source) \(options) expected || exit 1
        "$0" \(command) <(cat \(source)) \(options) 1 || exit 2
        mkfifo in; cat \(source) > in & "$0" \(command) in \(options) 2 || exit 3
        cat \(source) | "$0" \(command) /dev/stdin \(options) 3 || exit 4
        "$0" \(command) /dev/stdin \(options) 4 < \(source) || exit 5
        for i in 1 2 3 4; do cmp expected $i || exit 6; done; rm in
        """
      let outcome = try Program.run([], in: folder.path, inShell: script)
      #expect(outcome.status == 0, "\(source): \(outcome.status) \(outcome.errors)")
    }
    let twice = try Program.run(
      [], in: folder.path,
      inShell:
        #""$0" encode --model digits <(cat p-0.png) <(cat p-1.png) --from png -o 2.csv && wc -l < 2.csv"#)
    #expect(twice.output.trimmingCharacters(in: .whitespaces) == "3\n", "\(twice.errors)")
  }

  @Test func aModelPassesThroughAPipe() throws {
    let set = try SmallDataset()
    let run = try Program.run([
      "train", "--data", set.path, "--recipe", "article", "--epochs", "1,1,0", "--hidden", "4", "--held-out",
      "8", "--batch-size", "8", "--output", "\(folder.path)/run",
    ])
    #expect(run.status == 0, "\(run.errors)")
    let model = "run/model.safetensors"
    for arguments in [
      "inspect MODEL", "evaluate --model MODEL --data '\(set.path)' --images 3 --json",
      "encode --model MODEL --data '\(set.path)' --to csv -o -", "decode --model MODEL l.csv --to npy -o -",
      "render grid --model MODEL --data '\(set.path)' -o -", "screen --model MODEL --data '\(set.path)'",
    ] {
      func script(_ name: String) -> String {
        #""$0" encode --model \#(model) --data '\#(set.path)' -o l.csv && "$0" \#(arguments.replacing("MODEL", with: name))"#
      }
      let named = try Program.run([], in: folder.path, inShell: script(model))
      let piped = try Program.run([], in: folder.path, inShell: script("<(cat \(model))"))
      #expect(piped.status == 0 && named.status == 0, "\(arguments): \(piped.errors)")
      if arguments.hasPrefix("encode") || arguments.hasPrefix("decode") || arguments.hasPrefix("render") {
        #expect(piped.outputBytes == named.outputBytes, "\(arguments)")
      }
    }
    let losses = try Program.run(
      [], in: folder.path, inShell: #""$0" render losses <(cat run/metrics.jsonl) -o - | head -c 5"#)
    #expect(losses.output == "<?xml", "\(losses.errors)")
  }

  /// A pipe that the user did not name is not read.
  @Test func pipesBesideModelsAreNotRead() throws {
    for command in [["inspect"], ["screen", "--keys", "m"], ["screen", "--keys", "D"]] {
      let outcome = try Program.run(
        command, in: folder.path,
        inShell: #"[ -p x.safetensors ] || mkfifo x.safetensors; timeout 60 "$0" "$@""#)
      #expect(outcome.status == 0, "\(command): \(outcome.errors)")
    }
  }

  @Test func invalidInputsAreErrors() throws {
    let place = "/tmp/le-\(UUID().uuidString.prefix(8))"
    let socket = try TestSocket(place)
    for (arguments, words) in [
      (["inspect", place], "\(place): this is a socket, not a file"),
      (["decode", "--model", "digits", place, "--from", "csv", "-o", "o.npy"], "this is a socket"),
      (["encode", "--model", "digits", "/dev/null", "--from", "npy", "-o", "o.csv"], "/dev/null: "),
      (["encode", "--model", "digits", "/dev/zero", "--from", "npy", "-o", "o.csv"], "/dev/zero: "),
      (["encode", "--model", "digits", "/dev/zero", "--from", "png", "-o", "o.csv"], "/dev/zero: "),
      (["decode", "--model", "digits", "/dev/null", "--from", "csv", "-o", "o.npy"], "/dev/null: "),
      (["encode", "--model", "digits", folder.path, "--from", "idx", "-o", "o.csv"], "this is a folder"),
      (["render", "turn", "-o", place], "--output"),
    ] {
      let outcome = try Program.run(arguments, in: folder.path)
      #expect(
        [1, 64].contains(outcome.status) && outcome.errors.contains(words), "\(arguments): \(outcome.errors)")
    }
    let written = try Program.run(
      ["encode", "--model", "digits", "--data", "digits", "--images", "1", "--to", "csv", "-o", place])
    #expect(written.status == 1 && written.errors.contains("\(place): this is a socket, not a file"))
    withExtendedLifetime(socket) {}
  }
}
