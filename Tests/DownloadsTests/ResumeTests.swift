import Foundation
import TestSupport
import Testing

@testable import Downloads

/// Downloads with an existing partial file of any contents.
@Suite struct ResumeTests {
  private let set: TinySet
  private static let bytes = TinySet.bytes
  private static let half = Array(bytes.prefix(50_000))

  init() throws { set = try TinySet() }

  private func leave(_ bytes: [UInt8]) throws {
    try set.folder.write(bytes, to: ".\(TinySet.name).part")
  }

  /// Fetches from a server, expects the file, and returns which first bytes were asked for.
  private func firstBytes(
    from answer: @escaping @Sendable (LoopbackServer.Request) -> [LoopbackServer.Step]
  ) throws -> [Int] {
    let server = try LoopbackServer(answer)
    try set.fetch([server])
    #expect(set.published == Self.bytes)
    #expect(try set.folder.fileNames() == [TinySet.name])
    return server.requests.map(\.firstByte)
  }

  @Test func onlyTheMissingRangeIsRequested() throws {
    try leave(Self.half)
    #expect(try firstBytes { .file(Self.bytes, to: $0) } == [50_000])
  }

  @Test func aWholeFileThatWasNotPublishedYetNeedsNoNetwork() throws {
    try leave(Self.bytes)
    #expect(try firstBytes { .file(Self.bytes, to: $0) } == [])
  }

  @Test func aServerThatKnowsNoRangesSendsTheWhole() throws {
    try leave([UInt8](repeating: 0, count: 50_000))
    #expect(try firstBytes { _ in .answer(Self.bytes) } == [50_000])
  }

  @Test func aStaleBeginningIsFoundByTheHashAndDiscarded() throws {
    try leave([UInt8](repeating: 0, count: 50_000))
    #expect(try firstBytes { .file(Self.bytes, to: $0) } == [50_000, 0])
  }

  @Test(arguments: [100_000, 100_001, 200_000])
  func aWrongFileOfFullLengthOrMoreIsDiscarded(count: Int) throws {
    try leave([UInt8](repeating: 0, count: count))
    #expect(try firstBytes { .file(Self.bytes, to: $0) } == [0])
  }

  @Test(arguments: [
    "bytes 0-99999/100000", "bytes 49999-99999/100000", "bytes 50000-99998/100000",
    "bytes 50000-99999/100001", "bytes=50000", "none", "bytes 99999999999999999999-1/1",
  ]) func anotherPartThanTheRestIsNotTaken(range: String) throws {
    try leave(Self.half)
    let asked = try firstBytes { request in
      request.firstByte > 0
        ? .answer(206, [UInt8](repeating: 9, count: 50_000), ["Content-Range: \(range)"])
        : .answer(Self.bytes)
    }
    #expect(asked == [50_000, 0])
  }

  @Test func partialResponsesWithoutARangeAreRejected() throws {
    try leave(Self.half)
    let asked = try firstBytes { request in
      request.firstByte > 0 ? .answer(206, Array(Self.bytes[50_000...])) : .answer(Self.bytes)
    }
    #expect(asked == [50_000, 0])
  }

  @Test func anUnknownTotalIsAccepted() throws {
    try leave(Self.half)
    let asked = try firstBytes { _ in
      .answer(206, Array(Self.bytes[50_000...]), ["Content-Range: bytes 50000-99999/*"])
    }
    #expect(asked == [50_000])
  }

  @Test func aRefusedRangeIsFollowedByARequestForTheWhole() throws {
    try leave(Self.half)
    #expect(try firstBytes { $0.firstByte > 0 ? .answer(416, []) : .answer(Self.bytes) } == [50_000, 0])
  }

  @Test func anOverlongRestIsCutOffAndTheWholeRequested() throws {
    try leave(Self.half)
    let asked = try firstBytes { request in
      guard request.firstByte > 0 else { return .answer(Self.bytes) }
      return [
        .header(206, ["Content-Range: bytes 50000-99999/100000"]),
        .send([UInt8](repeating: 9, count: 1_000_000)),
      ]
    }
    #expect(asked == [50_000, 0])
  }

  @Test func aSecondMirrorResumesTheFirstOnesDownload() throws {
    let first = try LoopbackServer { _ in [.header(200, length: 100_000), .send(Self.half)] }
    let second = try LoopbackServer { .file(Self.bytes, to: $0) }
    try set.fetch([first, second])
    #expect(set.published == Self.bytes)
    #expect(second.requests.map(\.firstByte) == [50_000])
  }

  @Test func anUnreachableMirrorKeepsThePartialFile() throws {
    try leave(Self.half)
    #expect(try set.fault { _ in .answer(503, []) } == .status(503))
    #expect(set.kept == Self.half)
  }

  @Test func aPartialFileWithoutContentsDoesNotStay() throws {
    try leave([])
    #expect(try set.fault { _ in .answer(404, []) } == .status(404))
    #expect(try set.folder.fileNames() == [])
  }

  @Test func aLinkInPlaceOfThePartialFileIsNotFollowed() throws {
    let victim = try set.folder.write([1], to: "victim")
    try FileManager.default.createSymbolicLink(atPath: set.partial, withDestinationPath: "victim")
    let server = try LoopbackServer { .file(Self.bytes, to: $0) }
    #expect(throws: DownloadError.file(.refused(.create, path: set.partial, code: ELOOP))) {
      try set.fetch([server])
    }
    #expect(FileManager.default.contents(atPath: victim) == Data([1]))
  }

  @Test func aLockedPartialFileIsWaitedForUntilATimeout() throws {
    let holder = try #require(try PartialFile(of: TinySet.name, in: set.folder.path))
    let server = try LoopbackServer { .file(Self.bytes, to: $0) }
    #expect(throws: DownloadError.busy(path: set.target)) {
      try set.fetch([server], limits: DownloadLimits(transfer: .milliseconds(200)))
    }
    #expect(throws: DownloadError.cancelled) { try set.fetch([server], isCancelled: { true }) }
    #expect(server.requests.isEmpty)
    try holder.append(Self.half.span.bytes)
    #expect(set.kept == Self.half)
  }
}
