import Foundation
import InputChecks

// Prints what the readers make of each file in a folder, one line of JSON for each:
//
//     InputVerdicts FOLDER

guard CommandLine.arguments.count == 2 else {
  FileHandle.standardError.write(Data("usage: InputVerdicts FOLDER\n".utf8))
  exit(64)
}
let folder = CommandLine.arguments[1]
let encoder = JSONEncoder()
encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
  let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
  let verdict = InputVerdict(file: name, bytes: [UInt8](bytes))
  print(String(decoding: try encoder.encode(verdict), as: UTF8.self))
}
