import Foundation
import TestSupport
import Testing

/// A closed pipe, as by `head`, ends every command by SIGPIPE without a message.
@Suite struct ClosedPipeTests {
  private static let commands = [
    ["--help"], ["train", "--help"], ["--version"], ["manual"], ["completions", "bash"],
    ["completions", "zsh"],
    ["completions", "fish"], ["inspect"], ["inspect", "--json"], ["inspect", "digits"], ["screen"],
    ["screen", "--color", "256"], ["evaluate", "--model", "digits", "--data", "digits", "--images", "20"],
    ["encode", "--model", "digits", "--data", "digits", "--images", "1000", "--to", "csv", "-o", "-"],
    [
      "encode", "--model", "digits", "--data", "digits", "--images", "1000", "--to", "npy", "-o",
      "/dev/stdout",
    ],
    ["render", "turn", "--frames", "2", "-o", "-"], ["render", "grid", "-o", "-"],
    ["render", "map", "--count", "9", "-o", "-"], ["render", "map", "--count", "9", "-o", "/dev/stdout"],
    ["screen", "--output", "/dev/stdout"],
  ]

  /// The reader is gone before the first write; also if the parent process ignored the signal.
  @Test(arguments: commands, ["", "trap '' PIPE; "])
  func aClosedPipeEndsTheCommandBySIGPIPE(command: [String], before: String) throws {
    let script =
      before
      + #"mkfifo gone; { read -r line < gone; "$0" "$@"; echo "status $?" >&2; } | { exec <&-; echo > gone; sleep 0.1; }; wait"#
    let folder = try TemporaryFolder()
    let outcome = try Program.run(command, in: folder.path, inShell: script)
    #expect(outcome.errors == "status 141\n", "\(command)")
  }

  @Test(arguments: [
    ["inspect", "none"], ["screen", "--model", "none"],
    ["encode", "--model", "none", "a.png", "-o", "a.csv"],
    ["render", "turn", "--delay", "10", "--frames", "2", "-o", "a.gif"], ["frobnicate"],
    ["train", "--resume", "no"],
  ]) func aClosedStandardErrorEndsTheCommandBySIGPIPE(command: [String]) throws {
    let script =
      #"mkfifo gone; { read -r line < gone; "$0" "$@" 2>&1; echo "$?" > status; } | { exec <&-; echo > gone; }; while ! [ -s status ]; do sleep 0.02; done; cat status"#
    let folder = try TemporaryFolder()
    let outcome = try Program.run(command, in: folder.path, inShell: script)
    #expect(outcome.output == "141\n" && outcome.errors.isEmpty, "\(command): \(outcome.output)")
  }

  /// A run ends in order, with its weights and a checkpoint written.
  @Test func aRunWithoutAReaderEndsInOrder() throws {
    let set = try SmallDataset()
    let folder = try TemporaryFolder()
    let arguments = [
      "train", "--data", set.path, "--recipe", "article", "--epochs", "400,1,1", "--hidden", "4",
      "--held-out",
      "8", "--batch-size", "8", "--output", "run",
    ]
    let outcome = try Program.run(
      arguments, in: folder.path, inShell: #""$0" "$@" 2>&1 | head -2; echo "status ${PIPESTATUS[0]}""#)
    #expect(outcome.output.hasSuffix("status 141\n"), "\(outcome.output)")
    #expect(outcome.output.split(separator: "\n").count == 3 && outcome.errors.isEmpty)
    #expect(try Program.run(["inspect", "run/model.safetensors"], in: folder.path).status == 0)
    let resumed = try Program.run(["train", "--resume", "run", "--quiet"], in: folder.path)
    #expect(resumed.status == 0 && resumed.errors.isEmpty, "\(resumed.errors)")
  }

  /// Errors of creating and writing files are reported in the program's own words.
  @Test func fileErrorsHaveTheProgramsOwnMessages() throws {
    let set = try SmallDataset()
    let folder = try TemporaryFolder()
    try folder.write([1], to: "file")
    let train = [
      "train", "--data", set.path, "--epochs", "1,0,0", "--hidden", "4", "--held-out", "8", "--batch-size",
      "8",
      "--output",
    ]
    for (arguments, words) in [
      (train + ["file"], "file: cannot create the folder: file: cannot create: Not a directory"),
      (train + ["file/run"], "file/run: cannot create the folder: "),
      (train + ["/dev/null/run"], "/dev/null/run: cannot create the folder: "),
      (["train", "--resume", "file"], "file holds no checkpoint"),
      (["render", "turn", "-o", "file/a.gif"], "file/a.gif: cannot create: Not a directory"),
      (["render", "losses", "file", "-o", "a.svg"], "file: no losses"),
      (["render", "losses", "file/x", "-o", "a.svg"], "file/x: cannot open: Not a directory"),
    ] {
      let outcome = try Program.run(arguments, in: folder.path)
      #expect(outcome.status == 1 && outcome.errors.contains(words), "\(arguments): \(outcome.errors)")
      for word in ["NSCocoa", "Cocoa", "couldn", "Error Domain", "NSPOSIX", "Foundation"] {
        #expect(!outcome.errors.contains(word), "\(outcome.errors)")
      }
    }
  }
}
