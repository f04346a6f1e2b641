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
  ///
  /// - Returns: The new folders, the outermost first; none remains where one of them cannot be created.
  @discardableResult
  static func make(_ path: String) throws(FileError) -> [String] {
    var place = ""
    var new: [String] = []
    for part in path.split(separator: "/") {
      place += "/\(part)"
      // For an existing folder, mkdir may also fail with another code, such as that of a read-only disk.
      guard mkdir(place, 0o700) != 0 else {
        new.append(place)
        continue
      }
      guard !isFolder(place) else { continue }
      let code = errno == EEXIST ? ENOTDIR : errno
      removeEmpty(new)
      throw .refused(.create, path: place, code: code)
    }
    return new
  }

  /// Removes those of nested folders that are empty; `paths` begins with the outermost.
  static func removeEmpty(_ paths: [String]) {
    for path in paths.reversed() where rmdir(path) != 0 { return }
  }

  private static func isFolder(_ path: String) -> Bool {
    let code = errno
    defer { errno = code }
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
