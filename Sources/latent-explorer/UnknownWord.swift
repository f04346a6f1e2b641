/// Words of a command line that no command knows, beside what the argument parser says: it may name only what is
/// missing, which is often the same misspelt, or an option of a command that was misspelt.
enum UnknownWord {
  /// The first such word of a command line, without the program's name, and what it would have to be.
  static func first(
    in arguments: [String], of program: CommandDescription
  ) -> (word: String, kind: String)? {
    var command = program
    for argument in arguments.prefix(while: { $0 != "--" }) {
      if let next = command.commands.first(where: { $0.commandName == argument }) {
        command = next
      } else if argument.hasPrefix("--") {
        let name = String(argument.prefix { $0 != "=" })
        if !names(of: command).contains(name) { return (name, "option") }
      } else if !command.commands.isEmpty, !argument.hasPrefix("-"), command.defaultSubcommand == nil {
        return (argument, "command")
      }
    }
    return nil
  }

  private static func names(of command: CommandDescription) -> [String] {
    let standing = command.commands.first { $0.commandName == command.defaultSubcommand }
    return [command, standing].compactMap { $0?.arguments }.joined().flatMap { ($0.names ?? []).map(\.typed) }
  }
}
