import Datasets
import Downloads
import Essentials
import Primitives

/// A download: the set, its servers and the target folder, from environment and options.
package struct FetchPlan {
  /// The variable that names a folder on another server, as `--mirror` does.
  package static let mirrorVariable = "LATENT_EXPLORER_MIRROR"

  package let set: RemoteSet
  package let folder: String
  private let authorities: String?

  /// Plans the download of a catalogue set, from its own mirrors or from a given one.
  package init(
    set name: String, mirror: String? = nil,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws {
    guard var set = Catalogue.set(named: name) else { throw Failure("'\(name.printable)' cannot be fetched") }
    if let mirror = mirror ?? environment[Self.mirrorVariable], !mirror.isEmpty {
      do throws(MirrorFault) {
        set.mirrors = [try Mirror(mirror)]
      } catch {
        throw Failure("the mirror \(mirror.printable): \(error)")
      }
    }
    guard let folder = DataLocations.folder(ofSet: name, environment: environment) else {
      throw Failure(
        "no folder for \(name): neither XDG_DATA_HOME nor HOME is set to an absolute path")
    }
    (self.set, self.folder) = (set, folder)
    // The variables by which curl and OpenSSL find certificates other than the system's.
    authorities = [environment["CURL_CA_BUNDLE"], environment["SSL_CERT_FILE"]].compactMap { $0 }
      .first { !$0.isEmpty }
  }

  /// Downloads on the calling thread.
  package func carryOut(
    isCancelled: @escaping () -> Bool, report: @escaping (DownloadEvent) -> Void
  ) throws(DownloadError) {
    // Exceeding the shell's file size limit becomes a write error and does not end the process.
    signal(SIGXFSZ, SIG_IGN)
    do throws(DownloadError) {
      try Downloader(authorities: authorities)
        .fetch(set, into: folder, isCancelled: isCancelled, report: report)
    } catch {
      // An earlier download may have left it; `rmdir` removes only empty folders.
      rmdir(folder)
      throw error
    }
  }

  /// A hint at using the data without a download.
  package var alternative: String {
    "Files that were downloaded in another way: put all \(set.files.count) into a folder, and name it by --data DIR"
  }

  /// The same hint for a single short line.
  package static let shortAlternative = "or use --data DIR"
}
