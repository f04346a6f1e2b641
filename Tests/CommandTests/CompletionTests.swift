import Foundation
import TestSupport
import Testing

/// The scripts that complete command lines.
@Suite struct CompletionTests {
  /// The shells that are installed, with what makes them read a script without running it.
  private static let checkers: [(shell: String, checker: [String])] = [
    ("bash", ["/bin/bash", "-n"]), ("zsh", ["/usr/bin/zsh", "-n"]),
    ("fish", ["/usr/bin/fish", "--no-execute"]),
  ]

  private static func isInstalled(_ shell: String) -> Bool {
    checkers.contains { $0.shell == shell && FileManager.default.isExecutableFile(atPath: $0.checker[0]) }
  }

  private func script(_ shell: String, in folder: TemporaryFolder) throws -> String {
    let outcome = try Program.run(["completions", shell])
    try #require(outcome.status == 0 && outcome.errors.isEmpty)
    return try folder.write(outcome.outputBytes, to: "latent-explorer.\(shell)")
  }

  @Test(arguments: ["bash", "zsh", "fish"]) func theScriptNamesEveryCommand(shell: String) throws {
    let text = try Program.run(["completions", shell]).output
    for command in try DescribedCommand.everyCommand() {
      #expect(text.contains(command.commandName), "\(command.words)")
    }
    // The parser's own flag prints the same.
    #expect(try Program.run(["--generate-completion-script", shell]).output == text)
  }

  @Test(.enabled(if: isInstalled("bash"))) func bashReadsIt() throws { try expectRead(by: "bash") }
  @Test(.enabled(if: isInstalled("zsh"))) func zshReadsIt() throws { try expectRead(by: "zsh") }
  @Test(.enabled(if: isInstalled("fish"))) func fishReadsIt() throws { try expectRead(by: "fish") }

  private func expectRead(by shell: String) throws {
    let folder = try TemporaryFolder()
    let checker = try #require(Self.checkers.first { $0.shell == shell }?.checker)
    let path = try script(shell, in: folder)
    let outcome = try Program.run(
      checker + [path], inShell: #""$@""#)
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
  }

  /// What bash offers for the last of some words, in a folder with models, data and other files.
  private func offers(_ words: [String]) throws -> [String] {
    let folder = try TemporaryFolder()
    for name in ["run/model.safetensors", "my model.safetensors", "notes.txt", "losses.jsonl", "a.png"] {
      let path = "\(folder.path)/\(name)"
      try FileManager.default.createDirectory(
        atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path, withIntermediateDirectories: true
      )
      try Data().write(to: URL(fileURLWithPath: path))
    }
    let scripts = try TemporaryFolder()
    let path = try script("bash", in: scripts)
    let outcome = try Program.run(
      [path] + words, in: folder.path,
      inShell: """
        PATH="${0%/*}:$PATH"; source "$1"; shift
        COMP_WORDS=(latent-explorer "$@"); COMP_CWORD=$#
        COMP_LINE="${COMP_WORDS[*]}"; COMP_POINT=${#COMP_LINE}
        COMPREPLY=(); _latent-explorer latent-explorer "${@: -1}" "${COMP_WORDS[COMP_CWORD-1]}"
        printf '%s\\n' "${COMPREPLY[@]}"
        """)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return outcome.output.split(separator: "\n").map(String.init).sorted()
  }

  @Test(arguments: [
    (["ev"], ["evaluate"]), (["render", "tr"], ["traversal"]),
    (["evaluate", "--model", "di"], ["digits", "digits-article"]),
    (["evaluate", "--model", "run/"], ["run/model.safetensors"]),
    (["evaluate", "--model", "m"], ["mnist", "my model.safetensors"]),
    (["inspect", "f"], ["fashion-mnist", "four-coordinates"]),
    (["evaluate", "--data", ""], ["digits", "run/"]),
    (["train", "--preset", "fo"], ["four-coordinates"]), (["train", "--recipe", ""], ["article", "joint"]),
    (["train", "--encoder", ""], ["direct", "staged"]), (["train", "--resume", ""], ["run"]),
    (["fetch", "k"], ["kmnist"]), (["benchmark", "--only", ""], ["computing", "session"]),
    (["screen", "--color", ""], ["256", "8", "none"]), (["completions", "z"], ["zsh"]),
    (["render", "traversal", "--along", "sh"], ["shift-x", "shift-y"]),
    (["render", "grid", "--output", ""], ["a.png", "run"]),
    (["evaluate", "--qu"], ["--quiet"]),
  ]) func bashOffersWhatFits(words: [String], expected: [String]) throws {
    #expect(try offers(words) == expected)
  }

  /// Whatever takes a file, a folder or one of a few names says what shells may offer.
  @Test func everythingThatHasAKindIsCompleted() throws {
    struct Dump: Decodable { var command: Command }
    struct Command: Decodable {
      var commandName: String
      var subcommands: [Command]?
      var arguments: [Argument]?
    }
    struct Argument: Decodable {
      var valueName: String?
      var completionKind: [String: Anything]?
    }
    struct Anything: Decodable { init(from decoder: any Decoder) {} }
    func check(_ command: Command) {
      for argument in command.arguments ?? [] {
        let kinds = (argument.valueName ?? "").split(separator: "|").map(String.init)
        guard !Set(kinds).isDisjoint(with: ["file", "dir", "name", "run"]) else { continue }
        #expect(argument.completionKind != nil, "\(command.commandName) <\(argument.valueName ?? "")>")
      }
      (command.subcommands ?? []).forEach(check)
    }
    let outcome = try Program.run(["--experimental-dump-help"])
    check(try JSONDecoder().decode(Dump.self, from: outcome.outputBytes.data).command)
  }
}
