#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension Folder {
  /// A file or folder in a folder.
  public struct Entry: Sendable, Hashable {
    /// Its name.
    public let name: String
    /// True for a folder, or a link to one.
    public let isFolder: Bool
    /// The numbers of the file system and of the file in it, which two paths to one file share.
    public let identity: [UInt64]

    /// Creates an entry.
    public init(name: String, isFolder: Bool, identity: [UInt64]) {
      (self.name, self.isFolder, self.identity) = (name, isFolder, identity)
    }
  }

  /// The entries of the folder at `path` whose names do not begin with a dot, in natural order.
  ///
  /// - Throws: `FileError` where the folder or an entry cannot be examined, such as a link in a loop.
  public static func entries(of path: String) throws(FileError) -> [Entry] {
    let names = try names(in: path).filter { !$0.hasPrefix(".") }
    var entries: [Entry] = []
    for name in names.sorted(by: NaturalOrder.precedes) {
      var status = stat()
      let place = "\(path)/\(name)"
      guard stat(place, &status) == 0 else { throw .refused(.open, path: place, code: errno) }
      entries.append(
        Entry(
          name: name, isFolder: status.st_mode & S_IFMT == S_IFDIR,
          identity: [UInt64(truncatingIfNeeded: status.st_dev), UInt64(truncatingIfNeeded: status.st_ino)]))
    }
    return entries
  }
}
