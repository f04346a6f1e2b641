// A measurement of the explorer as a user sees it: starts the program on a pseudo-terminal, presses keys and reads
// the screen. Prints each figure with its limit.
//
//     swift run -c release SessionBenchmark [--json] [PROGRAM]
//
// PROGRAM is the explorer to measure; by default the one built beside this program.

import Foundation

var arguments = Array(CommandLine.arguments.dropFirst())
let isJSON = arguments.first == "--json"
if isJSON { arguments.removeFirst() }
guard arguments.count <= 1, arguments.first?.hasPrefix("-") != true else {
  FileHandle.standardError.write(Data("Usage: SessionBenchmark [--json] [PROGRAM]\n".utf8))
  exit(64)
}
let folder = Bundle.main.executableURL?.deletingLastPathComponent()
let program = arguments.first ?? folder?.appendingPathComponent("latent-explorer").path ?? "latent-explorer"
let measures: [Measure]
do {
  measures = try SessionBenchmark(program: program).run { part in
    FileHandle.standardError.write(Data("measuring: \(part)\n".utf8))
  }
} catch {
  FileHandle.standardError.write(Data("SessionBenchmark: \(error)\n".utf8))
  exit(1)
}
if isJSON {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
  print(String(decoding: try encoder.encode(["session": measures]), as: UTF8.self))
} else {
  for measure in measures { print(measure.row) }
}
