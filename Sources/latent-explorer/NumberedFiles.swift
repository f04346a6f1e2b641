import Foundation
import Primitives

/// Names for what is written from within the explorer: numbered, so that nothing is written over.
enum NumberedFiles {
  /// The first free path of the form `folder/beginning1ending`; the folder is made where it is missing.
  static func next(in folder: String?, _ beginning: String, _ ending: String) throws -> String {
    guard let folder else { throw Failure("there is no home folder to write to") }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure(
        "\(folder.printable): the folder cannot be made: \(error.localizedDescription.printable)")
    }
    var number = 1
    while FileManager.default.fileExists(atPath: "\(folder)/\(beginning)\(number)\(ending)") { number += 1 }
    return "\(folder)/\(beginning)\(number)\(ending)"
  }
}
