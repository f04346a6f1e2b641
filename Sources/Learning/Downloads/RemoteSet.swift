/// A data set that can be downloaded: its files and mirrors.
public struct RemoteSet: Sendable, Equatable {
  /// The name for `fetch` and `--data`, and of its folder.
  public let name: String
  /// The files, in the order of download.
  public let files: [RemoteFile]
  /// The mirrors, in the order in which they are tried.
  public var mirrors: [Mirror]

  /// Creates a set.
  public init(name: String, files: [RemoteFile], mirrors: [Mirror]) {
    self.name = name
    self.files = files
    self.mirrors = mirrors
  }

  /// The total size in bytes.
  public var size: Int { files.reduce(0) { $0 + $1.size } }
}

/// A file of a set.
public struct RemoteFile: Sendable, Equatable {
  /// The name on every mirror and in the folder.
  public let name: String
  /// The size in bytes.
  public let size: Int
  /// The SHA-256 in 64 lowercase hexadecimal digits.
  public let hash: String

  /// Creates a file.
  public init(name: String, size: Int, hash: String) {
    self.name = name
    self.size = size
    self.hash = hash
  }
}
