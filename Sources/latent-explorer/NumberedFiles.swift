import Checkpoints
import Foundation
import Primitives

/// Files that are written from within the explorer: numbered, so that nothing is written over, and each content
/// once.
enum NumberedFiles {
  /// A file that holds what was to be written.
  struct Written: Sendable {
    var path: String
    /// Whether it has been written now; otherwise it held the same bytes already.
    var isNew: Bool

    /// A message for the screen.
    var message: String { (isNew ? "wrote " : "already written: ") + path.printable }
  }

  /// Writes `bytes` under the first free path of the form `folder/beginning1ending`, unless one of the files before
  /// holds them; the folder is made where it is missing.
  static func write(
    _ bytes: [UInt8], in folder: String?, _ beginning: String, _ ending: String
  ) throws -> Written {
    guard let folder else { throw Failure("no home folder to write to") }
    do { try Folder.make(folder) } catch {
      throw Failure("\(folder.printable): cannot create the folder: \(error)")
    }
    var path: String
    var number = 0
    repeat {
      number += 1
      path = "\(folder)/\(beginning)\(number)\(ending)"
      if file(at: path, holds: bytes) { return Written(path: path, isNew: false) }
    } while isPresent(path)
    try AtomicFile.write(bytes, to: path)
    return Written(path: path, isNew: true)
  }

  private static func file(at path: String, holds bytes: [UInt8]) -> Bool {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
      attributes[.type] as? FileAttributeType == .typeRegular, attributes[.size] as? Int == bytes.count,
      let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
    else { return false }
    return data == Data(bytes)
  }

  /// Tells whether the name is in use, also by a dangling link.
  private static func isPresent(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }
}
