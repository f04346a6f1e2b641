import Essentials
import Primitives

/// Numbered files that the explorer writes: none is overwritten, and no content is written twice.
package enum NumberedFiles {
  /// A file with the given content.
  package struct Written: Sendable {
    package var path: String
    /// True if it was written now; false if it contained the same bytes already.
    package var isNew: Bool

    /// A message for the screen.
    package var message: String { (isNew ? "wrote " : "already written: ") + path.printable }
  }

  /// Writes `bytes` under the first free path of the form `folder/beginning1ending`, unless an earlier one
  /// contains them; creates the folder if it is missing.
  package static func write(
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
      attributes[.type] as? FileAttributeType == .typeRegular
    else { return false }
    return (try? FileBytes.read(path, limit: bytes.count)) == bytes
  }

  /// Returns true for a name in use, also by a dangling link.
  private static func isPresent(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }
}
