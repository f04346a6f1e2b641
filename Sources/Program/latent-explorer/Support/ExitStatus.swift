/// The result of the program for the shell.
enum ExitStatus: Equatable {
  /// Completed.
  case success
  /// Failed; an error message is on standard error.
  case failure
  /// Invalid command line; nothing was done.
  case usage
  /// Ended by the signal of this number.
  case signal(Int32)

  /// The number for the shell.
  var code: Int32 {
    switch self {
    case .success: 0
    case .failure: 1
    case .usage: 64
    case .signal(let number): 128 + number
    }
  }

  /// All statuses with their meanings.
  static let table: [(status: String, meaning: String)] = [
    ("0", "done; also after the explorer was quit, by a key, a signal or a closed terminal"),
    ("1", "failed: a line on standard error says why"),
    ("64", "invalid command line; nothing was done"),
    (
      "128 + n",
      "ended by signal n, such as 130 after Ctrl-C; 'train' and 'fetch' can be resumed"
    ),
  ]
}
