import Testing

@testable import Downloads

@Suite struct MirrorTests {
  @Test(arguments: [
    ("https://example.org/mnist/", "https://example.org/mnist/"),
    ("https://example.org", "https://example.org/"),
    ("HTTP://localhost:8000/a%20b", "http://localhost:8000/a%20b/"),
    ("http://[::1]:8000/", "http://[::1]:8000/"),
  ]) func aSoundAddressEndsInASlash(text: String, address: String) throws {
    let mirror = try Mirror(text)
    #expect(mirror.address == address)
    #expect(mirror.isSecure == address.hasPrefix("https"))
    #expect(mirror.url(of: "file.gz") == address + "file.gz")
  }

  @Test(arguments: [
    ("", MirrorFault.unknownProtocol), ("example.org/mnist", .unknownProtocol),
    ("file:///etc/", .unknownProtocol), ("ftp://example.org/", .unknownProtocol), ("https://", .noHost),
    ("https:///mnist", .noHost), ("https://:80/", .noHost), ("http://[::1/", .wrongPort),
    ("http://host:", .wrongPort), ("http://host:0/", .wrongPort), ("http://host:65536/", .wrongPort),
    ("http://host:8a/", .wrongPort), ("http://host:+8/", .wrongPort), ("http://[::1]8/", .wrongPort),
    ("https://name:word@host/", .userName), ("https://host/?a=b", .query), ("https://host/#a", .query),
    ("https://ho st/", .unusualCharacter), ("https://host/\u{1B}[2J", .unusualCharacter),
    ("https://höst/", .unusualCharacter), ("https://host\\evil/", .unusualCharacter),
    (" https://host/", .unusualCharacter),
  ]) func anUnsoundAddressIsRefused(text: String, fault: MirrorFault) {
    #expect(throws: fault) { try Mirror(text) }
  }
}
