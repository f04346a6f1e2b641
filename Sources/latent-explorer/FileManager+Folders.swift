import Foundation

extension FileManager {
  /// Whether a folder is there, or a link to one.
  func isFolder(atPath path: String) -> Bool {
    var isFolder: ObjCBool = false
    return fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }
}
