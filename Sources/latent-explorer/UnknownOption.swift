/// An option that no command knows, beside one that is missing: the argument parser names only the latter, which
/// is often the former misspelt.
enum UnknownOption {
  /// The first option of a command line, without the program's name, that its command does not know.
  static func first(in arguments: [String], of program: CommandDescription) -> String? {
    var command = program
    for argument in arguments.prefix(while: { $0 != "--" }) {
      if let next = command.commands.first(where: { $0.commandName == argument }) {
        command = next
      } else if argument.hasPrefix("--") {
        let name = String(argument.prefix { $0 != "=" })
        if !names(of: command).contains(name) { return name }
      }
    }
    return nil
  }

  private static func names(of command: CommandDescription) -> [String] {
    let standing = command.commands.first { $0.commandName == command.defaultSubcommand }
    return [command, standing].compactMap { $0?.arguments }.joined().flatMap { ($0.names ?? []).map(\.typed) }
  }
}
