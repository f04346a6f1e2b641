extension LoopbackServer.Step {
  /// The header of an answer: a status and lines such as `Content-Length: 5`.
  public static func header(_ status: Int, _ lines: [String] = []) -> Self {
    .send(
      Array(
        (["HTTP/1.1 \(status) Because", "Connection: close"] + lines + ["", ""])
          .joined(separator: "\r\n").utf8))
  }

  /// The header of an answer with a body of `count` bytes.
  public static func header(_ status: Int, length count: Int, _ lines: [String] = []) -> Self {
    .header(status, ["Content-Length: \(count)"] + lines)
  }
}

extension [LoopbackServer.Step] {
  /// A body with its length, as of a file.
  public static func answer(_ body: [UInt8], _ lines: [String] = []) -> Self { answer(200, body, lines) }

  /// An answer with a body and its length.
  public static func answer(_ status: Int, _ body: [UInt8], _ lines: [String] = []) -> Self {
    [.header(status, length: body.count, lines), .send(body)]
  }

  /// The response of a correct server: a whole file, or the requested range.
  public static func file(_ bytes: [UInt8], to request: LoopbackServer.Request) -> Self {
    let first = request.firstByte
    guard first > 0 else { return .answer(bytes) }
    guard first < bytes.count else { return .answer(416, [], ["Content-Range: bytes */\(bytes.count)"]) }
    return .answer(
      206, Array<UInt8>(bytes[first...]),
      ["Content-Range: bytes \(first)-\(bytes.count - 1)/\(bytes.count)"])
  }
}
