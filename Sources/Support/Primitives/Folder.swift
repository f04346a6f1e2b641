#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Finds, creates and removes folders.
public enum Folder {
  /// Creates the folder at `path` with its missing parents.
  ///
  /// - Parameter mode: The permissions of new folders, less what the process's mask removes.
  /// - Returns: The new folders, the outermost first; none remains where one of them cannot be created.
  @discardableResult
  public static func make(_ path: String, mode: mode_t = 0o777) throws(FileError) -> [String] {
    var place = ""
    var new: [String] = []
    for part in path.split(separator: "/") {
      place += place.isEmpty && !path.hasPrefix("/") ? "\(part)" : "/\(part)"
      // For an existing folder, mkdir may also fail with another code, such as that of a read-only disk.
      guard mkdir(place, mode) != 0 else {
        new.append(place)
        continue
      }
      let code = errno == EEXIST ? ENOTDIR : errno
      guard !isPresent(place) else { continue }
      removeEmpty(new)
      throw .refused(.create, path: place, code: code)
    }
    return new
  }

  /// Removes those of nested folders that are empty; `paths` begins with the outermost.
  public static func removeEmpty(_ paths: [String]) {
    for path in paths.reversed() where rmdir(path) != 0 { return }
  }

  /// Tells whether `path` is a folder or a link to one.
  public static func isPresent(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The names of what is in the folder at `path`, in the order of their bytes, without `.` and `..`.
  ///
  /// Names that are not UTF-8 are left out.
  ///
  /// - Throws: `FileError` where it cannot be listed.
  public static func names(in path: String) throws(FileError) -> [String] {
    guard let stream = opendir(path) else { throw .refused(.open, path: path, code: errno) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      // The name may be longer than the array that the type declares.
      guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { break }
      let characters = (UnsafeRawPointer(entry) + offset).assumingMemoryBound(to: CChar.self)
      if let name = String(validatingCString: characters), name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The reason why `path` cannot be examined; nil where it can, and where nothing exists there.
  public static func fault(at path: String) -> FileError? {
    var status = stat()
    guard stat(path, &status) != 0, errno != ENOENT else { return nil }
    return .refused(.open, path: path, code: errno)
  }
}
