// Writes coloured sprites as a data set in one .npz file:
//
//     swift run -c release SpriteArchive FILE.npz TRAINING-IMAGES TEST-IMAGES [--upright]

import Foundation

var arguments = Array(CommandLine.arguments.dropFirst())
let isUpright = arguments.contains("--upright")
arguments.removeAll { $0 == "--upright" }
let counts = arguments.dropFirst().map { Int($0) ?? 0 }
guard let path = arguments.first, counts.count == 2, counts.allSatisfy({ (1...60_000).contains($0) }) else {
  let usage = "Usage: SpriteArchive FILE.npz TRAINING-IMAGES TEST-IMAGES [--upright]\n"
  FileHandle.standardError.write(Data(usage.utf8))
  exit(64)
}
do {
  try SpriteSet(trainingCount: counts[0], testCount: counts[1], isUpright: isUpright).write(to: path)
} catch {
  FileHandle.standardError.write(Data("SpriteArchive: \(error)\n".utf8))
  exit(1)
}
