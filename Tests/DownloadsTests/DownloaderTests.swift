import Foundation
import Primitives
import TestSupport
import Testing

@testable import Downloads

/// Faults of servers, one at a time. The final name never has anything but the whole file.
@Suite struct DownloaderTests {
  private let set: TinySet
  private static let bytes = TinySet.bytes

  init() throws { set = try TinySet() }

  @Test func aFileIsFetched() throws {
    let server = try LoopbackServer { .file(Self.bytes, to: $0) }
    #expect(try set.fetch([server]) == [.published(file: TinySet.name)])
    #expect(set.published == Self.bytes)
    #expect(try set.folder.fileNames() == [TinySet.name])
    #expect(server.requests.map(\.path) == ["/file.gz"])
    #expect(server.requests.first?.header["range"] == nil)
  }

  @Test func missingFoldersAreMade() throws {
    let server = try LoopbackServer { .file(Self.bytes, to: $0) }
    let remote = RemoteSet(name: "tiny", files: [TinySet.file], mirrors: [try Mirror(server.address)])
    let folder = "\(set.folder.path)/one/two"
    try Downloader().fetch(remote, into: folder)
    #expect(FileManager.default.contents(atPath: "\(folder)/file.gz") == Data(Self.bytes))
  }

  @Test func theCountsOfBytesGrowUpToThoseOfTheSet() throws {
    let server = try LoopbackServer { .file(Self.bytes, to: $0) }
    let other = RemoteFile(name: "other.gz", size: Self.bytes.count, hash: TinySet.file.hash)
    let remote = RemoteSet(
      name: "tiny", files: [TinySet.file, other], mirrors: [try Mirror(server.address)])
    let counts = Locked<[Int]>([])
    try Downloader().fetch(
      remote, into: set.folder.path,
      report: { event in
        guard case .received(_, let bytes, of: 2 * 100_000) = event else { return }
        counts.withLock { $0.append(bytes) }
      })
    let seen = counts.withLock { $0 }
    #expect(seen == seen.sorted())
    #expect(seen.allSatisfy { (0...200_000).contains($0) })
  }

  @Test func aSoundFileIsKeptWithoutTheNetwork() throws {
    let server = try LoopbackServer { .file(Self.bytes, to: $0) }
    try set.folder.write(Self.bytes, to: TinySet.name)
    #expect(try set.fetch([server]) == [.kept(file: TinySet.name)])
    #expect(server.requests.isEmpty)
  }

  @Test func damagedFilesAreFetchedAgain() throws {
    var damaged = Self.bytes
    damaged[5000] ^= 1
    for old in [damaged, Array(Self.bytes.dropLast()), Self.bytes + [0], []] {
      try set.folder.write(old, to: TinySet.name)
      // Until there is something better the old one stays.
      #expect(throws: DownloadError.self) { try set.fetch([try LoopbackServer { _ in .answer(404, []) }]) }
      #expect(set.published == old)
      try set.fetch([try LoopbackServer { .file(Self.bytes, to: $0) }])
      #expect(set.published == Self.bytes)
    }
  }

  @Test(arguments: [404, 403, 500, 503, 206, 204, 304])
  func aStatusOtherThanThatOfAFileIsAFault(status: Int) throws {
    #expect(try set.fault { _ in [.header(status), .send(Self.bytes)] } == .status(status))
    #expect(try set.folder.fileNames() == [])
  }

  @Test func anAnnouncedLengthThatIsWrongIsAFault() throws {
    let page = Array("<!DOCTYPE html>".utf8)
    #expect(try set.fault { _ in .answer(page) } == .announcedLength(15, expected: 100_000))
    #expect(try set.folder.fileNames() == [])
  }

  @Test func aShortBodyIsAFaultWithAndWithoutALength() throws {
    let half = Array(Self.bytes.prefix(50_000))
    let fault = DownloadFault.tooShort(received: 50_000, expected: 100_000)
    #expect(try set.fault { _ in [.header(200, length: 100_000), .send(half)] } == fault)
    try FileManager.default.removeItem(atPath: set.partial)
    #expect(try set.fault { _ in [.header(200), .send(half)] } == fault)
    #expect(set.published == nil)
  }

  @Test func aLongBodyIsCutOff() throws {
    let long = Self.bytes + [UInt8](repeating: 7, count: 5_000_000)
    #expect(try set.fault { _ in [.header(200), .send(long)] } == .tooLong(expected: 100_000))
    #expect(try set.folder.fileNames() == [])
  }

  @Test func wrongContentsAreAFault() throws {
    let wrong = [UInt8](repeating: 1, count: 100_000)
    #expect(try set.fault { _ in .answer(wrong) } == .wrongHash(TinySet.hash(of: wrong)))
    #expect(try set.folder.fileNames() == [])
  }

  @Test func silenceIsAFault() throws {
    let limits = DownloadLimits(stall: .milliseconds(300))
    #expect(try set.fault(limits: limits) { _ in [.hang] } == .stalled(.milliseconds(300)))
    #expect(
      try set.fault(limits: limits) { _ in [.header(200, length: 100_000), .send([1, 2]), .hang] }
        == .stalled(.milliseconds(300)))
    #expect(set.published == nil)
  }

  @Test func aSlowTransferEndsAtTheDeadline() throws {
    let limits = DownloadLimits(stall: .seconds(20), transfer: .milliseconds(400))
    let drip = (0..<2000).flatMap { [LoopbackServer.Step.send([Self.bytes[$0]]), .pause(seconds: 0.02)] }
    #expect(
      try set.fault(limits: limits) { _ in [.header(200, length: 100_000)] + drip }
        == .tooSlow(.milliseconds(400)))
    #expect(set.published == nil)
    let kept = try #require(set.kept)
    #expect(kept == Array(Self.bytes.prefix(kept.count)))
  }

  @Test func aBrokenConnectionIsAFault() throws {
    for steps in [[LoopbackServer.Step.reset], [.header(200, length: 100_000), .send([1]), .reset]] {
      guard case .brokenConnection = try set.fault({ _ in steps }) else {
        Issue.record("the connection did not break")
        continue
      }
    }
  }

  @Test func responsesOtherThanHTTPAreAFault() throws {
    guard case .other = try set.fault({ _ in [.send(Array("220 mail server\r\n".utf8))] }) else {
      Issue.record("taken for a file")
      return
    }
  }

  @Test func anUnknownHostAndAClosedPortAreFaults() throws {
    var server: LoopbackServer? = try LoopbackServer { _ in [] }
    let closed = try #require(server?.address)
    server = nil
    // The server's thread notices in a twentieth of a second; until then it takes connections and closes them.
    Thread.sleep(forTimeInterval: 0.3)
    // This name is one that is never given away (RFC 6761).
    let unknown = "http://no-such-host.invalid/"
    do {
      try set.fetch(addresses: [unknown, closed])
      Issue.record("fetched from nowhere")
    } catch DownloadError.noMirrorHasIt(_, let failures) {
      #expect(failures.map(\.url) == ["\(unknown)file.gz", "\(closed)file.gz"])
      #expect(failures.first?.fault == .unknownHost)
      guard case .noConnection = failures.last?.fault else {
        Issue.record("\(failures)")
        return
      }
    }
  }

  @Test func theNextMirrorIsAskedAndEveryFailureReported() throws {
    let (missing, broken) = (
      try LoopbackServer { _ in .answer(404, []) }, try LoopbackServer { _ in .answer(503, []) }
    )
    let good = try LoopbackServer { .file(Self.bytes, to: $0) }
    let failures = [(missing, 404), (broken, 503)].map { server, status in
      FailedDownload(url: server.address + TinySet.name, fault: .status(status))
    }
    #expect(
      try set.fetch([missing, broken, good])
        == failures.map(DownloadEvent.failed) + [.published(file: TinySet.name)])
    #expect(set.published == Self.bytes)
    try FileManager.default.removeItem(atPath: set.target)
    #expect(throws: DownloadError.noMirrorHasIt(file: TinySet.name, failures)) {
      try set.fetch([missing, broken])
    }
    // On a single line the reason comes before what may be cut off, and the last mirror is enough.
    #expect(
      DownloadError.noMirrorHasIt(file: "a.gz", failures).summary()
        == "a.gz could not be fetched: \(failures[1].fault)")
  }

  @Test func contentEncodingIsIgnored() throws {
    let server = try LoopbackServer { _ in .answer(Self.bytes, ["Content-Encoding: gzip"]) }
    try set.fetch([server])
    #expect(set.published == Self.bytes)
    #expect(server.requests.first?.header["accept-encoding"] == "identity")
  }

  @Test func chunksArePutTogether() throws {
    let chunks = "c350\r\n".utf8 + Self.bytes.prefix(50_000) + "\r\nc350\r\n".utf8 + Self.bytes.suffix(50_000)
    let body = Array(chunks + "\r\n0\r\n\r\n".utf8)
    try set.fetch([try LoopbackServer { _ in [.header(200, ["Transfer-Encoding: chunked"]), .send(body)] }])
    #expect(set.published == Self.bytes)
  }

  @Test func cancellingKeepsTheReceivedBytes() throws {
    let half = Array(Self.bytes.prefix(50_000))
    let server = try LoopbackServer { _ in [.header(200, length: 100_000), .send(half), .hang] }
    let set = set
    #expect(throws: DownloadError.cancelled) {
      try set.fetch([server], isCancelled: { set.kept?.count == 50_000 })
    }
    #expect(set.kept == half)
    #expect(set.published == nil)
  }

  @Test(arguments: [
    DownloadError.noMirrorHasIt(
      file: "a\u{1B}b", [FailedDownload(url: "http://h/\u{7}", fault: .other("\u{9B}x\n"))]),
    .file(.isFolder(path: "\u{1B}[2J")), .busy(path: "a\u{1B}"), .noLibrary, .cancelled,
  ]) func sentencesContainNoControlCharacters(error: DownloadError) {
    let lines = error.description.split(separator: "\n").map(String.init)
    #expect(lines.allSatisfy { $0 == $0.printable })
  }

  @Test func aSentenceHasALineForEachURL() {
    let error = DownloadError.noMirrorHasIt(
      file: "f.gz",
      [
        FailedDownload(url: "https://one/f.gz", fault: .stalled(.seconds(20))),
        FailedDownload(url: "https://two/f.gz", fault: .status(404)),
      ])
    #expect(
      error.description == """
        f.gz could not be fetched:
          https://one/f.gz: no data for 20 s
          https://two/f.gz: the server answers 404 (not found)
        """)
  }
}
