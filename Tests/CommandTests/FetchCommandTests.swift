import Foundation
import TestSupport
import Testing

/// `fetch` in a shell. The real files are not available to tests, so a server sends other contents.
@Suite struct FetchCommandTests {
  private static let labels = "t10k-labels-idx1-ubyte.gz"
  private static let labelsSize = 4542
  private static let wrong = [UInt8](repeating: 7, count: labelsSize)
  private let home: TemporaryFolder
  private var folder: String { "\(home.path)/latent-explorer/mnist" }

  init() throws { home = try TemporaryFolder() }

  private func fetch(
    _ arguments: [String], environment: [String: String] = [:]
  ) throws -> Program.Outcome {
    let own = ["XDG_DATA_HOME": home.path, "no_proxy": "*"].merging(environment) { $1 }
    return try Program.run(["fetch"] + arguments, environment: own)
  }

  private var files: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] }

  @Test func wrongContentsAreNotPublished() throws {
    let server = try LoopbackServer { _ in .answer(Self.wrong) }
    let outcome = try fetch(["mnist", "--mirror", server.address + "some/where"])
    #expect(outcome.status == 1)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("latent-explorer: \(Self.labels) could not be fetched:\n"))
    #expect(outcome.errors.contains("\(server.address)some/where/\(Self.labels): wrong contents (SHA-256 "))
    #expect(server.requests.map(\.path) == ["/some/where/\(Self.labels)"])
    #expect(files.isEmpty)
  }

  @Test func serverTextDoesNotControlTheTerminal() throws {
    let server = try LoopbackServer { request in
      request.firstByte > 0
        ? .answer(206, [1], ["Content-Range: \u{1B}[2Jx"]) : [.header(200), .send([1, 2, 3])]
    }
    for _ in 0..<2 {
      let outcome = try fetch(["mnist", "--mirror", server.address])
      #expect(outcome.status == 1)
      #expect(!outcome.errors.contains("\u{1B}"))
    }
    #expect(server.requests.map(\.firstByte) == [0, 3, 0])
  }

  @Test(arguments: [SIGKILL, SIGINT, SIGTERM]) func anInterruptedDownloadIsResumed(number: Int32) throws {
    let server = try LoopbackServer { request in
      request.firstByte > 0
        ? .file(Self.wrong, to: request)
        : [.header(200, length: Self.labelsSize), .send(Array(Self.wrong.prefix(2000))), .hang]
    }
    let process = Process()
    let errors = Pipe()
    process.executableURL = URL(fileURLWithPath: Program.path)
    process.arguments = ["fetch", "mnist", "--mirror", server.address]
    process.environment = Program.environment(home: home.path).merging(["no_proxy": "*"]) { $1 }
    process.standardError = errors
    try process.run()
    let part = "\(folder)/.\(Self.labels).part"
    while FileManager.default.contents(atPath: part)?.count != 2000 {
      try #require(process.isRunning)
      Thread.sleep(forTimeInterval: 0.02)
    }
    kill(process.processIdentifier, number)
    let said = String(decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    if number == SIGKILL {
      #expect(process.terminationReason == .uncaughtSignal)
    } else {
      #expect(process.terminationReason == .exit && process.terminationStatus == 128 + number)
      #expect(said.hasPrefix("latent-explorer: stopped; the received part is kept"))
    }
    #expect(files == [".\(Self.labels).part"])
    // The rest is requested; as the whole is wrong, all of it is then requested.
    let stopped = try LoopbackServer { request in
      request.firstByte > 0 ? .file(Self.wrong, to: request) : .answer(404, [])
    }
    #expect(try fetch(["mnist", "--mirror", stopped.address]).status == 1)
    #expect(stopped.requests.map(\.firstByte) == [2000, 0])
    #expect(files.isEmpty)
  }

  @Test func aMissingDataFolderIsAnError() throws {
    // A relative XDG_DATA_HOME is ignored, as its specification says.
    for place in ["", "relative/data"] {
      let outcome = try fetch(["kmnist"], environment: ["HOME": "", "XDG_DATA_HOME": place])
      #expect(outcome.status == 1)
      #expect(
        outcome.errors == "latent-explorer: no folder for kmnist: neither XDG_DATA_HOME nor HOME is "
          + "set to an absolute path\n")
    }
  }

  @Test func withoutADataHomeTheFilesGoToTheHome() throws {
    // The received data and the folder are kept.
    let server = try LoopbackServer { _ in [.header(200, length: Self.labelsSize), .send([1, 2, 3])] }
    let outcome = try fetch(
      ["mnist", "--mirror", server.address], environment: ["HOME": home.path, "XDG_DATA_HOME": "relative"])
    #expect(outcome.status == 1)
    #expect(FileManager.default.fileExists(atPath: "\(home.path)/.local/share/latent-explorer/mnist"))
  }

  @Test func aFolderThatCannotBeMadeIsNamed() throws {
    let file = try home.write([1], to: "file")
    let outcome = try fetch(["mnist"], environment: ["XDG_DATA_HOME": file])
    #expect(outcome.status == 1)
    #expect(outcome.errors.hasPrefix("latent-explorer: \(file): cannot create: Not a directory\n"))
  }

  /// Every failure before the first byte.
  @Test(arguments: ["404", "wrong contents", "no connection", "unknown host", "a folder that cannot be made"])
  func aFailedFetchLeavesNoEmptyFolderAndNamesDataDir(fault: String) throws {
    let server = try LoopbackServer { _ in fault == "404" ? .answer(404, []) : .answer(Self.wrong) }
    let mirror =
      switch fault {
      case "no connection": "http://127.0.0.1:1/"
      case "unknown host": "http://no-such-host.invalid/"
      default: server.address
      }
    let place = "\(home.path)/share"
    if fault == "a folder that cannot be made" {
      try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
      try home.write([1], to: "share/latent-explorer")
    }
    for name in ["mnist", "kmnist"] {
      let outcome = try fetch([name, "--mirror", mirror], environment: ["XDG_DATA_HOME": place])
      #expect(outcome.status == 1)
      #expect(
        outcome.errors.hasSuffix("put all 4 into a folder, and name it by --data DIR\n"), "\(outcome.errors)")
    }
    let left = fault == "a folder that cannot be made" ? ["share"] : []
    #expect(try home.fileNames() == left)
  }

  @Test func foldersThatWereThereStayButTheEmptyOneOfTheSet() throws {
    let server = try LoopbackServer { _ in .answer(404, []) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    #expect(try fetch(["mnist", "--mirror", server.address]).status == 1)
    #expect(FileManager.default.fileExists(atPath: "\(home.path)/latent-explorer"))
    #expect(!FileManager.default.fileExists(atPath: folder))
    // A folder with other contents is kept.
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try home.write([1], to: "latent-explorer/mnist/notes.txt")
    #expect(try fetch(["mnist", "--mirror", server.address]).status == 1)
    #expect(files == ["notes.txt"])
  }

  @Test(arguments: [
    ([], "<name>"), (["digits"], "mnist, fashion-mnist, kmnist"),
    (["mnist", "--mirror", "file:///etc"], "https:// or http://"),
    (["mnist", "--mirror", "http://name:word@host"], "user name"),
  ]) func aWrongCommandLineIsAUsageError(arguments: [String], word: String) throws {
    let outcome = try fetch(arguments)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains(word))
  }

  @Test func aMissingSetNamesTheCommandThatDownloadsIt() throws {
    for name in ["mnist", "fashion-mnist", "kmnist"] {
      let outcome = try Program.run(["screen", "--data", name])
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("'latent-explorer fetch \(name)'"))
    }
    let outcome = try Program.run(["screen", "--data", "no-such-set"])
    #expect(outcome.errors.contains("'latent-explorer fetch' gets mnist, fashion-mnist, kmnist"))
  }

  /// An interrupted download must not prevent the explorer from starting, which opens MNIST by default.
  @Test func anUnfinishedSetIsNotOpenedByItself() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try home.write([1], to: "latent-explorer/mnist/\(Self.labels)")
    let environment = ["XDG_DATA_HOME": home.path]
    #expect(try Program.run(["screen"], environment: environment).output.contains("built-in digits"))
    let named = try Program.run(["screen", "--data", "mnist"], environment: environment)
    #expect(named.status == 1)
    #expect(named.errors.contains("'latent-explorer fetch mnist'"))
  }

  /// The explorer downloads in the background and continues after a failure.
  @Test func theExplorerReportsAFailedDownload() throws {
    let server = try LoopbackServer { _ in .answer(Self.wrong) }
    let explorer = try RunningExplorer.open(
      environment: [
        "XDG_DATA_HOME": home.path, "no_proxy": "*", "LATENT_EXPLORER_MIRROR": server.address,
      ])
    explorer.terminal.type("G")
    try explorer.terminal.waitForText("could not be fetched (or use --data DIR): ")
    #expect(!FileManager.default.fileExists(atPath: folder))
    try explorer.type("l", untilThetaIs: "5°")
  }
}
