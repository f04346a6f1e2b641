import TestSupport
import Testing

@testable import Downloads

@Suite struct RedirectTests {
  private let set: TinySet
  private static let bytes = TinySet.bytes

  init() throws { set = try TinySet() }

  private static func redirect(to address: String) -> [LoopbackServer.Step] {
    .answer(302, Array("moved".utf8), ["Location: \(address)"])
  }

  @Test func redirectsAreFollowed() throws {
    let good = try LoopbackServer { .file(Self.bytes, to: $0) }
    let address = good.address
    let server = try LoopbackServer { _ in Self.redirect(to: "\(address)elsewhere") }
    try set.fetch([server])
    #expect(set.published == Self.bytes)
    #expect(good.requests.map(\.path) == ["/elsewhere"])
  }

  @Test func aCircleOfRedirectsIsAFault() throws {
    guard case .other = try set.fault({ _ in Self.redirect(to: "/file.gz") }) else {
      Issue.record("went round in circles")
      return
    }
  }

  /// The protocols that an HTTPS mirror allows, on a server without encryption; only the redirect's protocol matters.
  @Test func aRedirectToHTTPIsRefusedWhereOnlyHTTPSIsAllowed() throws {
    let good = try LoopbackServer { .file(Self.bytes, to: $0) }
    let address = good.address
    let server = try LoopbackServer { _ in Self.redirect(to: address) }
    let partial = try #require(try PartialFile(of: TinySet.name, in: set.folder.path))
    let transfer = Transfer(
      url: server.address, allowsHTTP: true, allowsRedirectToHTTP: false, limits: DownloadLimits(),
      authorities: nil)
    #expect(FileFetch.hasLibrary)
    do {
      try transfer.run(from: 0, to: HTTPResponse(for: TinySet.file, from: 0, into: partial)) { true }
      Issue.record("the redirect was followed")
    } catch .response(.server(let fault)) {
      #expect(fault == .forbiddenRedirect)
    }
    #expect(good.requests.isEmpty)
  }

  @Test func onlyWebAddressesAreRedirectedTo() throws {
    #expect(try set.fault { _ in Self.redirect(to: "file:///etc/passwd") } == .forbiddenRedirect)
  }

  @Test func aServerWithoutACertificateIsNotTrusted() throws {
    let plain = try LoopbackServer { .file(Self.bytes, to: $0) }
    let address = plain.address.replacing("http://", with: "https://")
    guard case .untrusted = try set.fault({ _ in Self.redirect(to: address) }) else {
      Issue.record("trusted a server without encryption")
      return
    }
    #expect(plain.requests.isEmpty)
  }

  /// Only the answer at the end counts, not the header of the redirect before it.
  @Test func theLengthOfARedirectIsNotThatOfTheFile() throws {
    let good = try LoopbackServer { _ in [.header(200), .send(Self.bytes)] }
    let address = good.address
    try set.fetch([try LoopbackServer { _ in Self.redirect(to: address) }])
    #expect(set.published == Self.bytes)
  }
}
