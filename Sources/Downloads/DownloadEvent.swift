/// What happens during a fetch.
public enum DownloadEvent: Sendable, Equatable {
  /// The file lies in the folder already, and is sound.
  case kept(file: String)
  /// Another process is fetching the file, which is waited for.
  case waiting(file: String)
  /// Bytes of the file have come; the counts are of the whole set, with what lay there before.
  case received(file: String, bytes: Int, of: Int)
  /// A mirror did not give the file; the next one is asked.
  case failed(FailedDownload)
  /// The file has been verified and lies in the folder.
  case published(file: String)
}
