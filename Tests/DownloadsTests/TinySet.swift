import Foundation
import Primitives
import TestSupport

@testable import Downloads

/// A made-up set of one file, a folder for it, and what happens when it is fetched.
struct TinySet {
  static let name = "file.gz"
  static let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7 ^ $0) }
  static let file = RemoteFile(name: name, size: bytes.count, hash: hash(of: bytes))

  let folder: TemporaryFolder
  var target: String { "\(folder.path)/\(Self.name)" }
  var partial: String { "\(folder.path)/.\(Self.name).part" }

  init() throws {
    folder = try TemporaryFolder()
    // A proxy of whoever runs the tests knows nothing of this machine's loopback.
    setenv("no_proxy", "*", 1)
  }

  static func hash(of bytes: [UInt8]) -> String {
    var hash = SHA256()
    hash.update(bytes.span.bytes)
    return hash.hexadecimal()
  }

  /// Fetches from the servers in order, as impatiently as tests must be; returns what was reported, without
  /// the counts of bytes.
  @discardableResult
  func fetch(
    _ servers: [LoopbackServer], limits: DownloadLimits = DownloadLimits(stall: .seconds(20)),
    isCancelled: @escaping () -> Bool = { false }
  ) throws -> [DownloadEvent] {
    try fetch(addresses: servers.map(\.address), limits: limits, isCancelled: isCancelled)
  }

  @discardableResult
  func fetch(
    addresses: [String], limits: DownloadLimits = DownloadLimits(),
    isCancelled: @escaping () -> Bool = { false }
  ) throws -> [DownloadEvent] {
    let set = RemoteSet(name: "tiny", files: [Self.file], mirrors: try addresses.map { try Mirror($0) })
    let events = Locked<[DownloadEvent]>([])
    try Downloader(limits: limits).fetch(
      set, into: folder.path, isCancelled: isCancelled,
      report: { event in
        if case .received = event { return }
        events.withLock { $0.append(event) }
      })
    return events.withLock { $0 }
  }

  /// The reason for which a server that answers with `steps` does not give the file, when it is the only one.
  func fault(
    limits: DownloadLimits = DownloadLimits(),
    _ answer: @escaping @Sendable (LoopbackServer.Request) -> [LoopbackServer.Step]
  ) throws -> DownloadFault? {
    let server = try LoopbackServer(answer)
    do {
      try fetch([server], limits: limits)
      return nil
    } catch DownloadError.noMirrorHasIt(Self.name, let failures) where failures.count == 1 {
      return failures[0].url == server.address + Self.name ? failures[0].fault : nil
    }
  }

  /// The bytes under the final name, nil when it is absent.
  var published: [UInt8]? { FileManager.default.contents(atPath: target).map(Array.init) }
  /// The bytes so far, nil when there are none.
  var kept: [UInt8]? { FileManager.default.contents(atPath: partial).map(Array.init) }
}
