/// A data set that can be downloaded: what its files are and where they are.
public struct RemoteSet: Sendable, Equatable {
  /// The name that `fetch` and `--data` know it by; its folder has that name.
  public let name: String
  /// The files, in the order in which they are fetched.
  public let files: [RemoteFile]
  /// Where to look, in this order.
  public var mirrors: [Mirror]

  /// A set of files.
  public init(name: String, files: [RemoteFile], mirrors: [Mirror]) {
    self.name = name
    self.files = files
    self.mirrors = mirrors
  }

  /// The bytes of all files.
  public var size: Int { files.reduce(0) { $0 + $1.size } }
}

/// One file of a set.
public struct RemoteFile: Sendable, Equatable {
  /// Its name on every mirror and in the folder.
  public let name: String
  /// Its bytes.
  public let size: Int
  /// Its SHA-256 in 64 hexadecimal digits, small letters.
  public let hash: String

  /// A file of so many bytes with such a hash.
  public init(name: String, size: Int, hash: String) {
    self.name = name
    self.size = size
    self.hash = hash
  }
}
