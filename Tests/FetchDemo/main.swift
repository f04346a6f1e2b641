// A small program for the tests of fetching: it fetches a set of one made-up file, as the real program
// fetches the sets of its catalogue, and prints what happens.
//
//     FetchDemo FOLDER NAME SIZE SHA-256 MIRROR… [--unprivileged]

import Downloads

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

var arguments = Array(CommandLine.arguments.dropFirst())
if arguments.last == "--unprivileged" {
  arguments.removeLast()
  // Nothing is forbidden to root; 65534 is nobody.
  if geteuid() == 0, setgid(65534) != 0 || setuid(65534) != 0 { exit(2) }
}
let mirrors = arguments.dropFirst(4).compactMap { try? Mirror($0) }
guard arguments.count > 4, let size = Int(arguments[2]), mirrors.count == arguments.count - 4 else {
  exit(64)
}
let file = RemoteFile(name: arguments[1], size: size, hash: arguments[3])

/// Prints a line at once, so that one who kills the program has read it.
func show(_ text: String) {
  print(text)
  fflush(nil)
}

// A file beyond a limit of size then is a failing write, not the end of the process.
signal(SIGXFSZ, SIG_IGN)
do throws(DownloadError) {
  try Downloader().fetch(
    RemoteSet(name: "demo", files: [file], mirrors: mirrors), into: arguments[0],
    report: { event in
      switch event {
      case .received(_, let bytes, _): show("received \(bytes)")
      default: show("\(event)")
      }
    })
} catch {
  show("\(error)")
  exit(1)
}
