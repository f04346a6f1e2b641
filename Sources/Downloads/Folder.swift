import Primitives

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Making folders.
enum Folder {
  /// Makes the folder at an absolute path with those above it, where they are missing; new ones are the
  /// owner's alone, as the XDG base directory specification wants it.
  static func make(_ path: String) throws(FileError) {
    var place = ""
    for part in path.split(separator: "/") {
      place += "/\(part)"
      // What is there already may refuse for another reason than that, such as a read-only disk.
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
