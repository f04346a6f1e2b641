import ArgumentParser
import Essentials

/// The completion script of a shell: the argument parser's, with three additions.
///
/// An option in the first position belongs to the default subcommand; `help` is followed by command names; a
/// value may follow its option after `=`.
enum CompletionScript {
  /// The script for `shell`.
  static func text(for shell: CompletionShell) throws -> String {
    let script = LatentExplorer.completionScript(for: shell)
    let program = try CommandDescription.program()
    switch shell {
    case .bash: return bash(script, program)
    case .zsh: return zsh(script, program)
    case .fish: return fish(script, program)
    default: return script
    }
  }

  /// The commands with subcommands: the words that lead to them, and the names that may follow.
  private static func groups(of program: CommandDescription) -> [(words: String, names: [String])] {
    func groups(_ command: CommandDescription, _ words: [String]) -> [(words: String, names: [String])] {
      guard !command.commands.isEmpty else { return [] }
      return [(words.joined(separator: " "), command.commands.map(\.commandName))]
        + command.commands.flatMap { groups($0, words + [$0.commandName]) }
    }
    return groups(program, [])
  }

  /// A case for each group, with `body` for its names.
  private static func cases(
    _ program: CommandDescription, indent: String, _ body: (String) -> String
  ) -> String {
    groups(of: program).map { words, names in
      "\(indent)'\(words)') \(body(names.joined(separator: " "))) ;;"
    }.joined(separator: "\n")
  }

  private static func bash(_ script: String, _ program: CommandDescription) -> String {
    let entry = """

      # Completes as the parser's function does, on a line with the default subcommand's name in its place and
      # with every value parted from its option.
      _latent-explorer() {
          local IFS=$' \\t\\n'
          local -a words=()
          local word cur="${2}" prefix='' names=''
          local -i index
          for ((index = 0; index <= COMP_CWORD; index++)); do
              word="${COMP_WORDS[index]}"
              [[ "${index}" -eq "${COMP_CWORD}" && "${word}" != = ]] && word="${cur}"
              if [[ "${word}" = = && "${words[*]: -1}" = --* ]]; then
                  [[ "${index}" -lt "${COMP_CWORD}" ]] || words+=('')
              elif [[ "${word}" = --*=* ]]; then
                  words+=("${word%%=*}" "${word#*=}")
                  [[ "${index}" -lt "${COMP_CWORD}" ]] || prefix="${word%%=*}="
              else
                  words+=("${word}")
              fi
          done
          [[ "${words[1]}" = -* ]] && words=("${words[0]}" \(program.defaultSubcommand ?? "") "${words[@]:1}")
          local -ir last="$((${#words[@]} - 1))"
          cur="${words[last]}"
          if [[ "${words[1]}" = help && "${last}" -gt 1 && "${cur}" != -* ]]; then
              case "${words[*]:2:last-2}" in
      \(cases(program, indent: "        ") { "names='\($0)'" })
              esac
              COMPREPLY=($(compgen -W "${names}" -- "${cur}"))
              return
          fi
          local -a COMP_WORDS=("${words[@]}")
          local COMP_CWORD="${last}" COMP_LINE="${words[*]}"
          local COMP_POINT="${#COMP_LINE}"
          __latent-explorer_line "${words[0]}" "${cur}" "${words[last - 1]}"
          COMPREPLY=("${COMPREPLY[@]/#/${prefix}}")
      }

      complete -o filenames
      """
    return script.replacing("\n_latent-explorer() {\n", with: "\n__latent-explorer_line() {\n")
      .replacing("\ncomplete -o filenames", with: entry)
  }

  private static func zsh(_ script: String, _ program: CommandDescription) -> String {
    let defaultSubcommand = """
          if [[ "${words[2]}" = -* ]]; then
              words=("${words[1]}" \(program.defaultSubcommand ?? "") "${(@)words[2,-1]}")
              (( CURRENT++ ))
          fi

          local -r command_name=
      """
    let help = """
      __latent-explorer_help_words() {
          case "${(j: :)words[2,CURRENT-1]}" in
      \(cases(program, indent: "    ") { "__latent-explorer_complete \($0)" })
          esac
      }

      _latent-explorer() {

      """
    return script.replacing("    local -r command_name=", with: defaultSubcommand)
      .replacing("_latent-explorer() {\n    emulate", with: help + "    emulate")
      .replacing("'*:subcommands:'", with: "'*:subcommands:{__latent-explorer_help_words}'")
      // An option with a value, alone or beside its short form.
      .replacing(/(?m)^( +'(?:\([^)]*\)'\{)?--[a-z-]+)((?:,-[a-z]\}')?\[.*\]:)/) { "\($0.1)=\($0.2)" }
  }

  private static func fish(_ script: String, _ program: CommandDescription) -> String {
    let tokens = "set -l unparsed_tokens (__latent-explorer_tokens -pc)"
    let defaultSubcommand = """
      \(tokens)
          set -l words_of_line $unparsed_tokens[2] (commandline -ct)
          if string match -q -- '-*' $words_of_line[1]
              set unparsed_tokens $unparsed_tokens[1] \(program.defaultSubcommand ?? "") $unparsed_tokens[2..]
          end
      """
    let help = groups(of: program).map { words, names in
      "complete -c 'latent-explorer' -n '__latent-explorer_follows help \(words)' -fa '"
        + names.joined(separator: " ") + "'"
    }
    let follows = """
      function __latent-explorer_follows
          set -l tokens (__latent-explorer_tokens -pc)
          test "$tokens[2..]" = "$argv"
      end

      complete -c 'latent-explorer' -f

      """
    return script.replacing(tokens, with: defaultSubcommand)
      .replacing("complete -c 'latent-explorer' -f\n", with: follows)
      + "\n" + help.joined(separator: "\n")
  }
}
