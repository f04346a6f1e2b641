import Foundation
import Primitives
import TestSupport
import Testing

@testable import Downloads

/// Fetches in processes of their own: killed, at the same time, without rights, without room.
@Suite struct ProcessTests {
  private let set: TinySet
  private static let bytes = TinySet.bytes
  private static let half = Array(bytes.prefix(50_000))

  init() throws { set = try TinySet() }

  /// A fetch that is going on.
  private struct Running {
    let process: Process
    private let output: Pipe

    init(_ set: TinySet, from server: LoopbackServer, options: [String] = [], limit: String = "unlimited")
      throws
    {
      process = Process()
      output = Pipe()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments =
        [
          "-c", "ulimit -f \(limit); exec \"$0\" \"$@\"", BuiltPrograms.path("FetchDemo"), set.folder.path,
          TinySet.name, "\(TinySet.file.size)", TinySet.file.hash, server.address,
        ] + options
      process.environment = ["no_proxy": "*", "SWIFT_BACKTRACE": "enable=no"]
        .merging(SanitizerOptions.environment) { $1 }
      process.standardOutput = output
      try process.run()
    }

    /// Reads what it prints up to a line.
    func wait(for line: String) throws {
      var text = ""
      while !text.split(separator: "\n").contains(Substring(line)) {
        let more = output.fileHandleForReading.availableData
        try #require(!more.isEmpty, "it ended after: \(text)")
        text += String(decoding: more, as: UTF8.self)
      }
    }

    /// Waits for its end; returns its status and what it printed since the last time.
    func end() throws -> (status: Int32, output: String) {
      let rest = try output.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      return (process.terminationStatus, String(decoding: rest, as: UTF8.self))
    }
  }

  @Test func aKilledFetchIsResumed() throws {
    let isFirst = Locked(true)
    let server = try LoopbackServer { request in
      let first = isFirst.withLock { isFirst in
        defer { isFirst = false }
        return isFirst
      }
      return first
        ? [.header(200, length: 100_000), .send(Self.half), .hang] : .file(Self.bytes, to: request)
    }
    let killed = try Running(set, from: server)
    try killed.wait(for: "received 50000")
    kill(killed.process.processIdentifier, SIGKILL)
    #expect(try killed.end().status == SIGKILL)
    #expect(try set.folder.fileNames() == [".file.gz.part"])
    #expect(set.kept == Self.half)

    #expect(try Running(set, from: server).end().status == 0)
    #expect(set.published == Self.bytes)
    #expect(try set.folder.fileNames() == [TinySet.name])
    #expect(server.requests.map(\.firstByte) == [0, 50_000])
  }

  @Test func twoAtOnceFetchOnce() throws {
    let goOn = Locked(false)
    let server = try LoopbackServer { request in
      var steps = [LoopbackServer.Step.header(200, length: 100_000), .send(Self.half)]
      while !goOn.withLock({ $0 }) { Thread.sleep(forTimeInterval: 0.02) }
      steps.append(.send(Array(Self.bytes.suffix(50_000))))
      return steps
    }
    let first = try Running(set, from: server)
    while server.requests.isEmpty { Thread.sleep(forTimeInterval: 0.02) }
    let second = try Running(set, from: server)
    try second.wait(for: "waiting(file: \"file.gz\")")
    goOn.withLock { $0 = true }
    #expect(try first.end().status == 0)
    let outcome = try second.end()
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("kept"))
    #expect(set.published == Self.bytes)
    #expect(try set.folder.fileNames() == [TinySet.name])
    #expect(server.requests.count == 1)
  }

  @Test func aWaitingFetchResumesAKilledOne() throws {
    let server = try LoopbackServer { request in
      request.firstByte > 0
        ? .file(Self.bytes, to: request) : [.header(200, length: 100_000), .send(Self.half), .hang]
    }
    let first = try Running(set, from: server)
    try first.wait(for: "received 50000")
    let second = try Running(set, from: server)
    try second.wait(for: "waiting(file: \"file.gz\")")
    kill(first.process.processIdentifier, SIGKILL)
    #expect(try second.end().status == 0)
    #expect(set.published == Self.bytes)
    #expect(server.requests.map(\.firstByte) == [0, 50_000])
  }

  @Test func aFolderThatCannotBeWrittenToIsNamed() throws {
    let server = try LoopbackServer { .file(Self.bytes, to: $0) }
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: set.folder.path)
    let outcome = try Running(set, from: server, options: ["--unprivileged"]).end()
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: set.folder.path)
    #expect(outcome.status == 1)
    #expect(outcome.output == "\(set.partial): cannot create: Permission denied\n")
    #expect(server.requests.isEmpty)
  }

  /// A limit of 32 or 64 kB, as shells count, in the place of a disk that fills up.
  @Test func aFullDiskIsNamedAndWrittenBytesAreKept() throws {
    let server = try LoopbackServer { .file(Self.bytes, to: $0) }
    let outcome = try Running(set, from: server, limit: "64").end()
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("\(set.target): cannot write: File too large\n"))
    #expect(set.published == nil)
    let kept = try #require(set.kept)
    #expect(kept.count >= 32_768 && kept == Array(Self.bytes.prefix(kept.count)))
    // When there is room again, it goes on.
    #expect(try Running(set, from: server).end().status == 0)
    #expect(set.published == Self.bytes)
    #expect(server.requests.map(\.firstByte) == [0, kept.count])
  }
}
