import Primitives

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The memory that the images of a data set may fill: half of what is free.
public struct MemoryBudget: Sendable, Equatable {
  /// The free memory in bytes.
  public let available: Int

  /// Creates a budget of known free memory.
  public init(available: Int) { self.available = available }

  /// The bytes that images may fill.
  public var limit: Int { available / 2 }

  /// Requires that `count` images of `bytesPerImage` bytes fit.
  public func require(count: Int, bytesPerImage: Int, path: String) throws(DatasetError) {
    let (bytes, overflows) = count.multipliedReportingOverflow(by: bytesPerImage)
    guard !overflows, bytes <= limit else {
      throw .source(
        path: path,
        .tooLarge(count: count, bytes: overflows ? .max : bytes, limit: limit, available: available))
    }
  }

  /// The memory that is free now: of the system, or what the control groups of this process leave.
  ///
  /// - Parameter contents: Returns the text of one of the system's files; empty where there is none.
  public static func measured(reading contents: (String) -> String = text(of:)) -> MemoryBudget {
    let groups = groupFolders(contents("/proc/self/cgroup")).compactMap { remainder(of: $0, contents) }
    return MemoryBudget(available: min(systemMemory(contents) ?? .max, groups.min() ?? .max))
  }

  private static func systemMemory(_ contents: (String) -> String) -> Int? {
    #if canImport(Darwin)
      let (pages, size) = (sysconf(_SC_PHYS_PAGES), sysconf(_SC_PAGESIZE))
      return pages > 0 && size > 0 ? pages * size / 2 : nil
    #else
      return field("MemAvailable:", of: contents("/proc/meminfo")).map { $0 * 1024 }
    #endif
  }

  /// The folders of a process's control group and its parents, of version 2 and 1.
  private static func groupFolders(_ groups: String) -> [String] {
    let lines = groups.split(separator: "\n").compactMap { line -> String? in
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { return nil }
      if fields[1].isEmpty { return "/sys/fs/cgroup" + fields[2] }
      return fields[1].split(separator: ",").contains("memory") ? "/sys/fs/cgroup/memory" + fields[2] : nil
    }
    let parents = lines.flatMap { line -> [String] in
      let parts = line.split(separator: "/")
      return (min(3, parts.count)...parts.count).map { "/" + parts.prefix($0).joined(separator: "/") }
    }
    return parents + ["/sys/fs/cgroup", "/sys/fs/cgroup/memory"]
  }

  /// The memory that a group's limit leaves; what it can give back of files counts as free.
  private static func remainder(of folder: String, _ contents: (String) -> String) -> Int? {
    let names = [
      ("memory.max", "memory.current", "inactive_file"),
      ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
    ]
    for (limit, usage, cache) in names {
      guard let limit = number(contents("\(folder)/\(limit)")),
        let used = number(contents("\(folder)/\(usage)"))
      else { continue }
      let files = field(cache + " ", of: contents("\(folder)/memory.stat")) ?? 0
      return max(0, limit - max(0, used - files))
    }
    return nil
  }

  /// The text of the file at `path`; empty where it cannot be read.
  public static func text(of path: String) -> String {
    guard let stream = try? ByteStream(opening: path), let bytes = try? stream.read(upTo: 1 << 16) else {
      return ""
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func number(_ text: String) -> Int? { Int(text.filter { !$0.isWhitespace }) }

  /// The first number after `name` at the beginning of a line.
  private static func field(_ name: String, of text: String) -> Int? {
    let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
    return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
  }
}
