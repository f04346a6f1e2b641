/// A folder on a web server with the files of a data set.
public struct Mirror: Sendable, Equatable {
  /// The address, which ends in a slash.
  public let address: String
  /// Tells whether it uses https; redirects to http are then refused.
  public let isSecure: Bool

  /// Parses an address that begins with `http://` or `https://`.
  ///
  /// - Throws: `MirrorFault` for an invalid address.
  public init(_ text: String) throws(MirrorFault) {
    guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"\\\"<>^`{|}".utf8.contains($0) }) else {
      throw .unusualCharacter
    }
    guard let end = text.firstRange(of: "://") else { throw .unknownProtocol }
    let name = text[..<end.lowerBound].lowercased()
    guard name == "https" || name == "http" else { throw .unknownProtocol }
    let rest = text[end.upperBound...]
    guard !rest.contains("?"), !rest.contains("#") else { throw .query }
    try Self.check(authority: rest.prefix { $0 != "/" })
    isSecure = name == "https"
    address = "\(name)://\(rest)\(rest.hasSuffix("/") ? "" : "/")"
  }

  /// Checks host and port, such as `localhost:8000` or `[::1]:8000`.
  private static func check(authority: Substring) throws(MirrorFault) {
    // Credentials would appear in every message and in the list of processes.
    guard !authority.contains("@") else { throw .userName }
    let afterHost: Substring
    if authority.hasPrefix("["), let bracket = authority.firstIndex(of: "]") {
      afterHost = authority[bracket...].dropFirst()
    } else {
      afterHost = authority.drop { $0 != ":" }
    }
    guard afterHost.count < authority.count else { throw .noHost }
    guard !afterHost.isEmpty else { return }
    let digits = afterHost.dropFirst()
    guard afterHost.first == ":", digits.allSatisfy("0123456789".contains), let port = Int(digits),
      (1...65535).contains(port)
    else { throw .wrongPort }
  }

  /// The URL of a file.
  func url(of name: String) -> String { address + name }
}

/// The reason for which a text is not the address of a mirror.
public enum MirrorFault: Error, Sendable, Equatable {
  /// It begins with neither `http://` nor `https://`.
  case unknownProtocol
  /// The host is missing.
  case noHost
  /// The port is invalid.
  case wrongPort
  /// It contains a user name, which messages would show.
  case userName
  /// It contains a `?` or a `#`, so that no file name can follow.
  case query
  /// It contains a space, a control character or a character beyond ASCII.
  case unusualCharacter
}

extension MirrorFault: CustomStringConvertible {
  /// A message to follow the address and a colon.
  public var description: String {
    switch self {
    case .unknownProtocol: "an address begins with https:// or http://"
    case .noHost: "the host is missing"
    case .wrongPort: "the port is not a number from 1 to 65535"
    case .userName: "an address with a user name is not accepted"
    case .query: "file names are appended, which ? and # do not allow"
    case .unusualCharacter: "a character is not allowed in an address"
    }
  }
}
