import Foundation

extension FileManager {
  /// Returns true for a folder or a link to one.
  func isFolder(atPath path: String) -> Bool {
    var isFolder: ObjCBool = false
    return fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }
}
