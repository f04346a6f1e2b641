/// What the program's end tells the shell.
enum ExitStatus: Equatable {
  /// All was done.
  case success
  /// It could not be done; a sentence on standard error says why.
  case failure
  /// The command line was not understood; nothing was done.
  case usage
  /// A signal of this number ended the work.
  case signal(Int32)

  /// The number, as shells know it.
  var code: Int32 {
    switch self {
    case .success: 0
    case .failure: 1
    case .usage: 64
    case .signal(let number): 128 + number
    }
  }

  /// All of them for people: the status, and when it comes.
  static let table: [(status: String, meaning: String)] = [
    ("0", "done; also after quitting the explorer"),
    ("1", "failed: a line on standard error says why"),
    ("64", "invalid command line; nothing was done"),
    (
      "128 + n",
      "ended by signal n, such as 130 after Ctrl-C; 'train' and 'fetch' can be resumed"
    ),
  ]
}
