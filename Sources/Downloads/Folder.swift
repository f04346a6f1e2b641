import Primitives

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Creates folders.
enum Folder {
  /// Creates the folder at an absolute path with its missing parents, accessible to the owner only, as the
  /// XDG base directory specification requires.
  static func make(_ path: String) throws(FileError) {
    var place = ""
    for part in path.split(separator: "/") {
      place += "/\(part)"
      // For an existing folder, mkdir may also fail with another code, such as that of a read-only disk.
      guard mkdir(place, 0o700) != 0, !isFolder(place) else { continue }
      throw .refused(.create, path: place, code: errno == EEXIST ? ENOTDIR : errno)
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    let code = errno
    defer { errno = code }
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
