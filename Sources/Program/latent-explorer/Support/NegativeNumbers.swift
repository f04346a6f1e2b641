/// Negative numbers on a command line. The argument parser would read them as options, and report a missing
/// value of the option before.
enum NegativeNumbers {
  /// The arguments with each negative number joined to the option before it, as in `--seed=-1`.
  ///
  /// - Parameter program: Describes all options; called only if there is such a number.
  static func joined(_ arguments: [String], of program: () -> CommandDescription?) -> [String] {
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    let places = arguments.indices.dropFirst().filter { index in
      index < end && isNegative(arguments[index]) && arguments[index - 1].hasPrefix("--")
    }
    guard !places.isEmpty, let names = program().map(numericOptions) else { return arguments }
    var joined = arguments
    for place in places.reversed() where names.contains(arguments[place - 1]) {
      joined[place - 1] += "=" + joined.remove(at: place)
    }
    return joined
  }

  /// Returns true for the beginning of a negative number, such as `-1`, `-.5`, `-2,3` or `-inf`.
  private static func isNegative(_ word: String) -> Bool {
    guard word.hasPrefix("-"), let second = word.dropFirst().first else { return false }
    return second.isNumber || second == "." || Double(word) != nil
  }

  /// The options of all commands that have a value other than a path: a file may be called `-1`, but usually
  /// its name was omitted.
  private static func numericOptions(of command: CommandDescription) -> Set<String> {
    let own = (command.arguments ?? []).filter { argument in
      let value = argument.valueName ?? ""
      return argument.kind == .option && !value.hasPrefix("file") && !value.hasPrefix("dir")
    }
    return command.commands.reduce(into: Set(own.flatMap(\.typedNames))) {
      $0.formUnion(numericOptions(of: $1))
    }
  }
}
