/// An event of a download.
public enum DownloadEvent: Sendable, Equatable {
  /// The file is already there and valid.
  case kept(file: String)
  /// Another process is downloading the file; waiting for it.
  case waiting(file: String)
  /// Bytes of the file were received; the counts are of the whole set, including those received earlier.
  case received(file: String, bytes: Int, of: Int)
  /// A mirror did not deliver the file; the next one is tried.
  case failed(FailedDownload)
  /// The file was verified and published.
  case published(file: String)
}
