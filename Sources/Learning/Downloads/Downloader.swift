import Primitives

/// Downloads data sets into folders; a file under its final name is always complete and verified.
///
/// A file is downloaded as `.NAME.part` and renamed once its size and hash are right and it is on the disk.
/// After an interruption the bytes received are kept, and only the rest is requested.
public struct Downloader: Sendable {
  private let limits: DownloadLimits
  private let authorities: String?

  /// Creates a downloader. `authorities` is a file of certificate authorities that replaces the system's.
  public init(limits: DownloadLimits = DownloadLimits(), authorities: String? = nil) {
    self.limits = limits
    self.authorities = authorities
  }

  /// Downloads the missing or damaged files of `set` into the folder at an absolute path, which is created if
  /// necessary.
  ///
  /// It blocks the calling thread, calls `isCancelled` at least ten times a second, and `report` with each
  /// event. Valid files stay; when all are valid, the network is not used. Several processes may use one
  /// folder: one downloads a file, the others wait for it.
  ///
  /// - Throws: `DownloadError` for the first file that cannot be downloaded; those before it are complete. Empty
  ///   folders that were created for it are removed.
  public func fetch(
    _ set: RemoteSet, into folder: String, isCancelled: @escaping () -> Bool = { false },
    report: @escaping (DownloadEvent) -> Void = { _ in }
  ) throws(DownloadError) {
    let new: [String]
    do throws(FileError) { new = try Folder.make(folder, mode: 0o700) } catch { throw .file(error) }
    do throws(DownloadError) {
      try fetchFiles(of: set, into: folder, isCancelled: isCancelled, report: report)
    } catch {
      Folder.removeEmpty(new)
      throw error
    }
  }

  private func fetchFiles(
    of set: RemoteSet, into folder: String, isCancelled: @escaping () -> Bool,
    report: @escaping (DownloadEvent) -> Void
  ) throws(DownloadError) {
    var done = 0
    for file in set.files {
      let before = done
      try FileFetch(
        file: file, mirrors: set.mirrors, folder: folder, limits: limits, authorities: authorities,
        isCancelled: isCancelled, report: report,
        reportBytes: { report(.received(file: file.name, bytes: before + $0, of: set.size)) }
      ).run()
      done += file.size
    }
  }
}
