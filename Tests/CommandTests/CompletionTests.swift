import Foundation
import PseudoTerminals
import TestSupport
import Testing

/// Scripts that complete command lines.
@Suite struct CompletionTests {
  /// The installed shells, with the options that check a script without running it.
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
    // The parser's own flag prints the same script.
    #expect(try Program.run(["--generate-completion-script", shell]).output == text)
  }

  @Test(.enabled(if: isInstalled("bash"))) func bashLoadsTheScript() throws { try expectRead(by: "bash") }
  @Test(.enabled(if: isInstalled("zsh"))) func zshLoadsTheScript() throws { try expectRead(by: "zsh") }
  @Test(.enabled(if: isInstalled("fish"))) func fishLoadsTheScript() throws { try expectRead(by: "fish") }

  private func expectRead(by shell: String) throws {
    let folder = try TemporaryFolder()
    let checker = try #require(Self.checkers.first { $0.shell == shell }?.checker)
    let path = try script(shell, in: folder)
    let outcome = try Program.run(
      checker + [path], inShell: #""$@""#)
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
  }

  /// Bash's offers for the last of some words, in a folder with models, data and other files.
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
    (["evaluate", "--data", ""], ["digits", "run/", "sprites"]),
    (["train", "--preset", "fo"], ["four-coordinates"]), (["train", "--recipe", ""], ["article", "joint"]),
    (["train", "--encoder", ""], ["direct", "staged"]), (["train", "--resume", ""], ["run"]),
    (["fetch", "k"], ["kmnist"]), (["benchmark", "--only", ""], ["computing"]),
    (["screen", "--color", ""], ["256", "8", "none", "truecolor"]), (["completions", "z"], ["zsh"]),
    (["render", "traversal", "--along", "sh"], ["shear", "shift-x", "shift-y"]),
    (["render", "grid", "--output", ""], ["a.png", "run"]),
    (["evaluate", "--qu"], ["--quiet"]),
    // Those of the default subcommand, without its name.
    (["--mo"], ["--model"]), (["--da"], ["--data"]), (["--st"], ["--state"]),
    (["--model", "di"], ["digits", "digits-article"]), (["--data", ""], ["digits", "run/", "sprites"]),
    (["--ascii", "--tr"], ["--train"]), (["--ascii", "--model", "run/"], ["run/model.safetensors"]),
    (["--ver"], ["--version"]), (["--he"], ["--help"]), (["--model", "digits", "--da"], ["--data"]),
    // A value after '=', which may or may not be a word of its own in bash.
    (["--model", "=", "di"], ["digits", "digits-article"]),
    (["--data", "="], ["digits", "run/", "sprites"]),
    (["--model=di"], ["--model=digits", "--model=digits-article"]),
    (["--data="], ["--data=digits", "--data=run/", "--data=sprites"]),
    (["evaluate", "--model", "=", "run/"], ["run/model.safetensors"]),
    (["screen", "--color", "=", "n"], ["none"]), (["screen", "--color=n"], ["--color=none"]),
    (["train", "--data", "=", "digits", "--preset", "=", "fo"], ["four-coordinates"]),
    (["train", "--output", "=", "r"], ["run"]),
    (["train", "--data=digits", "--recipe", ""], ["article", "joint"]),
    // Names of commands after 'help'.
    (["help", "tr"], ["train"]), (["help", "e"], ["encode", "evaluate", "explore"]),
    (["help", "render", "tr"], ["traversal"]), (["help", "train", ""], []), (["help", "inspect", ""], []),
    (["help", "--ver"], ["--version"]),
  ]) func bashCompletesWords(words: [String], expected: [String]) throws {
    #expect(try offers(words) == expected)
  }

  /// The offers of fish at the end of a line.
  private func fishOffers(_ line: String) throws -> [String] {
    let scripts = try TemporaryFolder()
    let path = try script("fish", in: scripts)
    let outcome = try Program.run(
      [path, line], in: try emptyFolder.path,
      inShell: """
        PATH="${0%/*}:$PATH" exec fish --no-config -c 'source $argv[1]; complete -C $argv[2]' "$@"
        """)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return outcome.output.split(separator: "\n").map { String($0.prefix { $0 != "\t" }) }.sorted()
  }

  private let emptyFolder: TemporaryFolder

  init() throws { emptyFolder = try TemporaryFolder() }

  /// Lines without values that the program completes itself, which this way does not request.
  private static let lines: [(line: String, offers: [String])] = [
    ("--mo", ["--model"]), ("--da", ["--data"]), ("--ascii --tr", ["--train"]),
    ("--model digits --da", ["--data"]), ("screen --color=n", ["--color=none"]), ("help tr", ["train"]),
    ("help render tr", ["traversal"]), ("help train ", []), ("ev", ["evaluate"]),
    ("train --pres", ["--preset"]),
    ("render tr", ["traversal"]),
  ]

  @Test(.enabled(if: isInstalled("fish")), arguments: lines)
  func fishCompletesWords(line: String, expected: [String]) throws {
    #expect(try fishOffers("latent-explorer \(line)") == expected)
  }

  /// zsh and fish keep a value with its option, and request offers for the whole word.
  @Test(arguments: [
    ("--model=fo", ["four-coordinates"]), ("--model=", ["four-coordinates", "mnist", "digits"]),
    ("fo", ["four-coordinates"]), ("--model=\\fo", ["four-coordinates"]), ("--model=run/", []),
  ]) func aValueBesideItsOptionIsCompleted(word: String, expected: [String]) throws {
    let outcome = try Program.run(
      ["---completion", "explore", "--", "--model", "1", "\(word.count)", "latent-explorer", word],
      environment: ["SAP_SHELL": "fish", "SAP_SHELL_VERSION": "3.6.0"], in: emptyFolder.path)
    let offers = outcome.output.split(separator: "\n").map(String.init)
    #expect(Set(expected).isSubset(of: offers) && offers.isEmpty == expected.isEmpty, "\(outcome.output)")
  }

  /// The line after the Tab key, if one word fits.
  @Test(
    .enabled(if: isInstalled("zsh")),
    arguments: [
      ("--mo", "--model"), ("--da", "--data"), ("--model fo", "--model four-coordinates"),
      ("--model=fo", "--model=four-coordinates"), ("--ascii --tr", "--ascii --train"),
      ("evaluate --model=fo", "evaluate --model=four-coordinates"),
      ("screen --color=n", "screen --color=none"),
      ("help tr", "help train"), ("help render tr", "help render traversal"), ("ev", "evaluate"),
      ("train --preset fo", "train --preset four-coordinates"),
    ]) func zshCompletesWords(line: String, expected: String) throws
  {
    let scripts = try TemporaryFolder()
    _ = try FileManager.default.moveItem(
      atPath: script("zsh", in: scripts), toPath: "\(scripts.path)/_latent-explorer")
    let path = URL(fileURLWithPath: Program.path).deletingLastPathComponent().path
    let terminal = try PseudoTerminal(
      ["/usr/bin/zsh", "-f", "-i"],
      environment: Program.environment(home: scripts.path).merging(["PATH": "\(path):/usr/bin:/bin"]) { $1 },
      width: 120, height: 20)
    terminal.type(
      "PS1='ready> '; fpath=(\(scripts.path) $fpath); autoload -Uz compinit; compinit -u; cd; clear\n")
    try terminal.wait(for: "the prompt") { terminal.screen.text.hasPrefix("ready>") }
    terminal.type("latent-explorer \(line)\t")
    try terminal.waitForText("ready> latent-explorer \(expected)")
  }

  /// Every option for a file, a folder or one of a few names declares its completions.
  @Test func everyTypedOptionDeclaresCompletions() throws {
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
