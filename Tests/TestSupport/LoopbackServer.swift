import Foundation
import Primitives

/// A web server on this machine's loopback that injects faults.
///
/// Each connection is good for one request. The server ends when the value goes.
public final class LoopbackServer: Sendable {
  /// A client's request.
  public struct Request: Sendable {
    /// The path, with its slash.
    public var path: String
    /// The header, under names in small letters.
    public var header: [String: String]

    /// The first byte that `Range: bytes=N-` asks for, 0 without such a line.
    public var firstByte: Int {
      header["range"].flatMap { Int($0.dropFirst("bytes=".count).dropLast()) } ?? 0
    }
  }

  /// A step of an answer; after the last one the connection is closed.
  public enum Step: Sendable {
    case send([UInt8])
    case pause(seconds: Double)
    /// Waits until the client goes away.
    case hang
    /// Breaks the connection instead of closing it.
    case reset
  }

  /// The server's URL, with a trailing slash.
  public let address: String
  private let socket: Int32
  private let state = Locked(State())

  private struct State {
    var requests: [Request] = []
    var hasEnded = false
  }

  /// Starts a server that answers each request with the steps that `answer` says.
  public init(_ answer: @escaping @Sendable (Request) -> [Step]) throws {
    let (socket, port) = try Self.listen()
    self.socket = socket
    address = "http://127.0.0.1:\(port)/"
    let state = state
    Thread.detachNewThread {
      // The descriptor is closed where it is waited for: nobody waits for a number that is another's by then.
      defer { close(socket) }
      while !state.withLock({ $0.hasEnded }) {
        guard Self.isReadable(socket) else { continue }
        let connection = accept(socket, nil, nil)
        guard connection >= 0 else { continue }
        _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
        Thread.detachNewThread { Self.serve(connection, state, answer) }
      }
    }
  }

  deinit { state.withLock { $0.hasEnded = true } }

  /// The requests so far.
  public var requests: [Request] { state.withLock { $0.requests } }

  private static func listen() throws -> (socket: Int32, port: UInt16) {
    #if canImport(Darwin)
      let descriptor = Foundation.socket(AF_INET, SOCK_STREAM, 0)
    #else
      // A program that is started at this moment must not inherit it.
      let descriptor = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    #endif
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isReady = withUnsafeMutablePointer(to: &place) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && Foundation.listen(descriptor, 16) == 0
          && getsockname(descriptor, $0, &size) == 0
      }
    }
    guard isReady else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    return (descriptor, UInt16(bigEndian: place.sin_port))
  }

  /// Waits for a twentieth of a second at most.
  private static func isReadable(_ descriptor: Int32) -> Bool {
    var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&watched, 1, 50) > 0
  }

  private static func serve(
    _ connection: Int32, _ state: Locked<State>, _ answer: (Request) -> [Step]
  ) {
    defer { close(connection) }
    #if canImport(Darwin)
      var yes: Int32 = 1
      setsockopt(connection, SOL_SOCKET, SO_NOSIGPIPE, &yes, socklen_t(MemoryLayout<Int32>.size))
    #endif
    guard let request = readRequest(connection, state) else { return }
    state.withLock { $0.requests.append(request) }
    for step in answer(request) {
      switch step {
      case .send(let bytes): guard sendAll(bytes, to: connection) else { return }
      case .pause(let seconds): Thread.sleep(forTimeInterval: seconds)
      case .hang: while read(from: connection, state)?.isEmpty == false {}
      case .reset:
        var lingering = linger(l_onoff: 1, l_linger: 0)
        setsockopt(connection, SOL_SOCKET, SO_LINGER, &lingering, socklen_t(MemoryLayout<linger>.size))
        return
      }
    }
    // A socket that is closed with bytes unread breaks off; half of it is closed first.
    shutdown(connection, Int32(SHUT_WR))
    while read(from: connection, state)?.isEmpty == false {}
  }

  private static func readRequest(_ connection: Int32, _ state: Locked<State>) -> Request? {
    var bytes: [UInt8] = []
    while !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8) {
      guard let more = read(from: connection, state), !more.isEmpty else { return nil }
      bytes += more
      // Such as a greeting of TLS, which would never end as a request does.
      guard bytes.starts(with: "GET".utf8.prefix(bytes.count)) else { return nil }
    }
    let lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ")
    guard words.count == 3, words[0] == "GET" else { return nil }
    let fields = lines.dropFirst().compactMap { line -> (String, String)? in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      return (line[..<colon].lowercased(), line[colon...].dropFirst().trimmingCharacters(in: .whitespaces))
    }
    return Request(path: String(words[1]), header: Dictionary(fields) { $1 })
  }

  /// The next bytes; none when the client has closed, nil when the server has ended.
  private static func read(from connection: Int32, _ state: Locked<State>) -> [UInt8]? {
    while !state.withLock({ $0.hasEnded }) {
      guard isReadable(connection) else { continue }
      var buffer = [UInt8](repeating: 0, count: 4096)
      let count = recv(connection, &buffer, buffer.count, 0)
      return count > 0 ? Array(buffer.prefix(count)) : []
    }
    return nil
  }

  private static func sendAll(_ bytes: [UInt8], to connection: Int32) -> Bool {
    #if canImport(Darwin)
      let flags: Int32 = 0
    #else
      let flags = Int32(MSG_NOSIGNAL)
    #endif
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, flags) }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
