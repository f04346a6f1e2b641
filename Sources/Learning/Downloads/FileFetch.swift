import CCurl
import Primitives

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The download of one file from the first of its mirrors that delivers it.
struct FileFetch {
  let file: RemoteFile
  let mirrors: [Mirror]
  let folder: String
  let limits: DownloadLimits
  let authorities: String?
  let isCancelled: () -> Bool
  let report: (DownloadEvent) -> Void
  /// Receives the number of bytes of the file so far.
  let reportBytes: (Int) -> Void

  private var target: String { "\(folder)/\(file.name)" }

  /// Loads libcurl at first use; tells whether that succeeded.
  static let hasLibrary = curl_load()

  func run() throws(DownloadError) {
    guard !isInPlace() else { return }
    let partial = try openPartial()
    // The process that held the lock may have published the file.
    guard !isInPlace() else { return try mappingFileErrors { () throws(FileError) in try partial.clear() } }
    if partial.count >= file.size, try publish(partial) == nil { return }
    guard Self.hasLibrary else { throw .noLibrary }
    var failures: [FailedDownload] = []
    for mirror in mirrors {
      guard let fault = try request(mirror, for: partial) else { return }
      let failure = FailedDownload(url: mirror.url(of: file.name), fault: fault)
      failures.append(failure)
      report(.failed(failure))
    }
    throw .noMirrorHasIt(file: file.name, failures)
  }

  private func isInPlace() -> Bool {
    guard FileHash.matches(file, at: target) else { return false }
    report(.kept(file: file.name))
    return true
  }

  /// Waits for another process that downloads the file, at most as long as a transfer may take.
  private func openPartial() throws(DownloadError) -> PartialFile {
    let start = SuspendingClock.now
    var isWaiting = false
    while true {
      let opened = try mappingFileErrors { () throws(FileError) in try PartialFile(of: file.name, in: folder)
      }
      if let opened { return opened }
      if !isWaiting { report(.waiting(file: file.name)) }
      isWaiting = true
      if isCancelled() { throw .cancelled }
      if SuspendingClock.now - start >= limits.transfer { throw .busy(path: target) }
      usleep(100_000)
    }
  }

  /// Requests the file from one mirror: the rest of a partial file, and the whole where that fails. Returns
  /// nil once the file is published.
  private func request(_ mirror: Mirror, for partial: PartialFile) throws(DownloadError) -> DownloadFault? {
    if partial.count > 0 {
      switch try receive(from: mirror, at: partial.count, into: partial) {
      case .status(416), .wrongRange, .wrongHash, .tooLong: break
      case let other: return other
      }
    }
    return try receive(from: mirror, at: 0, into: partial)
  }

  private func receive(
    from mirror: Mirror, at offset: Int, into partial: PartialFile
  ) throws(DownloadError) -> DownloadFault? {
    let response = HTTPResponse(for: file, from: offset, into: partial)
    let transfer = Transfer(
      url: mirror.url(of: file.name), allowsHTTP: !mirror.isSecure, allowsRedirectToHTTP: !mirror.isSecure,
      limits: limits, authorities: authorities)
    do throws(Transfer.Failure) {
      try transfer.run(from: offset, to: response) {
        reportBytes(partial.count)
        return !isCancelled()
      }
    } catch {
      switch error {
      case .cancelled: throw .cancelled
      case .response(.disk(let error)): throw .file(error)
      case .response(.server(let fault)):
        // Too long, so that it is another file.
        if case .tooLong = fault { try mappingFileErrors { () throws(FileError) in try partial.clear() } }
        return fault
      }
    }
    guard partial.count >= file.size else { return .tooShort(received: partial.count, expected: file.size) }
    return try publish(partial)
  }

  /// Publishes a complete partial file, or empties it and returns the fault.
  private func publish(_ partial: PartialFile) throws(DownloadError) -> DownloadFault? {
    try mappingFileErrors { () throws(FileError) in
      let hash = try partial.hash()
      guard partial.count == file.size, hash == file.hash else {
        try partial.clear()
        return .wrongHash(hash)
      }
      try partial.publish()
      report(.published(file: file.name))
      return nil
    }
  }

  private func mappingFileErrors<Result>(_ body: () throws(FileError) -> Result) throws(DownloadError)
    -> Result
  {
    do throws(FileError) { return try body() } catch { throw .file(error) }
  }
}
