import Foundation
import InputChecks

// Prints what the readers make of each file in FOLDER/files and of each data set, a file or a folder, in FOLDER/sets, one
// line of JSON for each:
//
//     InputVerdicts FOLDER

guard CommandLine.arguments.count == 2 else {
  FileHandle.standardError.write(Data("usage: InputVerdicts FOLDER\n".utf8))
  exit(64)
}
let folder = CommandLine.arguments[1]
let encoder = JSONEncoder()
encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
func show(_ verdict: InputVerdict) throws {
  print(String(decoding: try encoder.encode(verdict), as: UTF8.self))
}
for name in try FileManager.default.contentsOfDirectory(atPath: "\(folder)/files").sorted() {
  let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/files/\(name)"))
  try show(InputVerdict(file: name, bytes: [UInt8](bytes)))
}
for name in try FileManager.default.contentsOfDirectory(atPath: "\(folder)/sets").sorted() {
  try show(InputVerdict(dataSet: "\(folder)/sets/\(name)"))
}
