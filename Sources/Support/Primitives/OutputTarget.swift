#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The place that the path of an output leads to, with all symbolic links followed.
public enum OutputTarget: Sendable, Equatable {
  /// A regular file, or a path where nothing is yet; the last part of the path is no link.
  case file(String)
  /// A pipe or a device, which is written to directly.
  case stream(String)
  /// An open descriptor of this process, as `/dev/stdout` and `/dev/fd/3` name it.
  case descriptor(Int32)

  /// The number of links after which a path is taken to lead in a circle, as on Linux.
  private static let linkLimit = 40

  /// Follows the links at the end of `path`, also those that lead to no file.
  ///
  /// - Throws: `FileError` for a folder, a socket and links that lead in a circle. A path that cannot be reached
  ///   for another reason is a file whose creation fails.
  public init(_ path: String) throws(FileError) {
    var place = path
    for _ in 0...Self.linkLimit {
      if let descriptor = Self.ownDescriptor(at: place) {
        self = .descriptor(descriptor)
        return
      }
      guard let next = Self.linkContents(of: place) else {
        self = try Self.target(at: place, path: path)
        return
      }
      // The links of /proc lead to open files, whatever their text says.
      if Self.resolvedFolder(of: place)?.hasPrefix("/proc/") == true {
        self = .stream(place)
        return
      }
      let folder = FilePath.folder(of: place)
      place = next.hasPrefix("/") ? next : folder == "." ? next : "\(folder)/\(next)"
    }
    throw .refused(.create, path: path, code: ELOOP)
  }

  /// The kind of what stands at `place`, which is no link.
  private static func target(at place: String, path: String) throws(FileError) -> Self {
    var status = stat()
    guard stat(place, &status) == 0 else { return .file(place) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file(place)
    case S_IFDIR: throw .isFolder(path: path)
    case S_IFSOCK: throw .isSocket(path: path)
    default: return .stream(place)
    }
  }

  /// Opens a pipe or a device for writing, and waits for a reader of a pipe; the caller closes the descriptor.
  ///
  /// - Parameter path: The name that a person knows it by.
  public func openStream(path: String) throws(FileError) -> Int32 {
    let descriptor: Int32
    switch self {
    case .file(let place), .stream(let place): descriptor = Self.open(place)
    case .descriptor(let own):
      let flags = fcntl(own, F_GETFL)
      guard flags >= 0, flags & O_ACCMODE != O_RDONLY else { throw .refused(.write, path: path, code: EBADF) }
      descriptor = fcntl(own, F_DUPFD_CLOEXEC, 0)
    }
    guard descriptor >= 0 else { throw .refused(.open, path: path, code: errno) }
    return descriptor
  }

  private static func open(_ place: String) -> Int32 {
    var descriptor: Int32
    repeat {
      descriptor = systemOpen(place, O_WRONLY | O_TRUNC | O_NOCTTY | O_CLOEXEC)
    } while descriptor < 0 && errno == EINTR
    return descriptor
  }

  /// Tells whether it leads to a terminal.
  public var isTerminal: Bool {
    switch self {
    case .file: false
    case .descriptor(let own): isatty(own) == 1
    case .stream(let place): Self.isTerminal(place)
    }
  }

  private static func isTerminal(_ place: String) -> Bool {
    var status = stat()
    // The reader of a pipe would take its closing for the end.
    guard stat(place, &status) == 0, status.st_mode & S_IFMT == S_IFCHR else { return false }
    let descriptor = systemOpen(place, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return isatty(descriptor) == 1
  }

  /// The descriptor that a path such as `/dev/fd/3` names; absent for all other paths.
  static func ownDescriptor(at place: String) -> Int32? {
    guard let name = place.split(separator: "/", omittingEmptySubsequences: false).last,
      name.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let number = Int32(name), let folder = resolvedFolder(of: place)
    else { return nil }
    return ["/dev/fd", "/proc/self/fd"].contains { resolved($0) == folder } ? number : nil
  }

  private static func linkContents(of place: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(place, &buffer, buffer.count)
    return count > 0 ? String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
  }

  private static func resolvedFolder(of place: String) -> String? { resolved(FilePath.folder(of: place)) }

  private static func resolved(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}

// The system's function, out of reach of the methods of the same name.
private func systemOpen(_ path: String, _ flags: Int32) -> Int32 { open(path, flags) }
