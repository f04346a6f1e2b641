import Foundation

/// A new empty folder that goes, with all in it, when the value goes.
public final class TemporaryFolder: Sendable {
  /// The folder's path, without a slash at its end.
  public let path: String

  /// Makes the folder; its own name is `name`, so that a test can say what the folder is called.
  public init(named name: String = "folder") throws {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("latent-explorer-tests-\(UUID().uuidString)").appendingPathComponent(name).path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: URL(fileURLWithPath: path).deletingLastPathComponent())
  }

  /// Writes `bytes` to the file `name` in the folder; returns the file's path.
  @discardableResult
  public func write(_ bytes: [UInt8], to name: String) throws -> String {
    let file = "\(path)/\(name)"
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }

  /// The names of all files in the folder, hidden ones too, sorted.
  public func fileNames() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }
}
