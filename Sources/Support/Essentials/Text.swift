/// Formats `values` as the C library's `printf` does, such as `formatted("%.2f s", seconds)`.
///
/// The locale is that of C.
public func formatted(_ format: String, _ values: any CVarArg...) -> String {
  let count = withVaList(values) { Int(vsnprintf(nil, 0, format, $0)) }
  precondition(count >= 0, "a malformed format: \(format)")
  return String(unsafeUninitializedCapacity: count + 1) { buffer in
    buffer.withMemoryRebound(to: CChar.self) { characters in
      _ = withVaList(values) { vsnprintf(characters.baseAddress, count + 1, format, $0) }
    }
    return count
  }
}

extension StringProtocol {
  /// The text without spaces and tabs at both ends.
  public var trimmed: String { trimmed(of: [" ", "\t"]) }

  /// The text without `characters` at both ends.
  public func trimmed(of characters: Set<Character>) -> String {
    let start = drop(while: characters.contains)
    return String(start.prefix(start.count - start.reversed().prefix(while: characters.contains).count))
  }

  /// The text, cut or filled with spaces to `width` characters.
  public func padded(to width: Int) -> String {
    String(prefix(width)) + String(repeating: " ", count: Swift.max(0, width - count))
  }
}

/// Pauses the calling thread.
public func sleep(seconds: Double) {
  var time = timespec()
  time.tv_sec = Int(seconds)
  time.tv_nsec = Int((seconds - seconds.rounded(.down)) * 1e9)
  nanosleep(&time, nil)
}
