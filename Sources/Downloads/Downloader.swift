import Primitives

/// Fetches data sets into folders, so that a file that has its name is whole and verified at any moment.
///
/// A file comes under a hidden name beside its final one, `.NAME.part`, and takes the final name once its
/// size and hash are right and it is on the disk. What comes before an interruption is kept, and the rest is
/// asked for the next time.
public struct Downloader: Sendable {
  private let limits: DownloadLimits
  private let authorities: String?

  /// A downloader that is as patient as `limits` say. `authorities` is a file of certificate authorities in
  /// place of the system's.
  public init(limits: DownloadLimits = DownloadLimits(), authorities: String? = nil) {
    self.limits = limits
    self.authorities = authorities
  }

  /// Fetches what is missing or damaged of `set` in the folder at an absolute path, which is made if need be.
  ///
  /// It works on the calling thread and calls `isCancelled` ten times a second or more, and `report` with
  /// what happens. Sound files stay as they are, and when all are sound nothing is asked of the network.
  /// Several processes may fetch into one folder: one works at a file, the others wait for it.
  ///
  /// - Throws: `DownloadError` for the first file that cannot be had; those before it are in their places.
  public func fetch(
    _ set: RemoteSet, into folder: String, isCancelled: @escaping () -> Bool = { false },
    report: @escaping (DownloadEvent) -> Void = { _ in }
  ) throws(DownloadError) {
    do throws(FileError) { try Folder.make(folder) } catch { throw .file(error) }
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
