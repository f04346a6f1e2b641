import ArgumentParser
import Datasets
import Downloads
import Foundation
import Primitives

/// Downloads a data set to where `--data NAME` finds it.
struct FetchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch", abstract: "Download MNIST, Fashion-MNIST or KMNIST.",
    discussion: """
      Examples:
        latent-explorer fetch mnist
        latent-explorer fetch fashion-mnist
        latent-explorer fetch mnist --mirror https://example.org/mnist

      The four files go to $XDG_DATA_HOME/latent-explorer/NAME, by default ~/.local/share/latent-explorer/NAME, \
      where '--data NAME' finds them. Size and SHA-256 of each are checked. What is there and sound is kept, \
      and what is stopped on the way goes on the next time. Files that were downloaded in another way need no \
      fetch: '--data DIR' names the folder that they are in.
      """)

  @Argument(
    help: ArgumentHelp("The data set: \(names).", valueName: "name"),
    completion: .list(Catalogue.sets.map(\.name)))
  var name: String

  @Option(
    help: ArgumentHelp(
      "A folder on another server that has the files; without it, $\(FetchPlan.mirrorVariable).",
      valueName: "url"))
  var mirror: String?

  @OptionGroup var remarks: VerbosityOptions

  private static var names: String { Catalogue.sets.map(\.name).joined(separator: ", ") }

  func validate() throws {
    guard Catalogue.set(named: name) != nil else {
      throw ValidationError("'\(name.printable)' cannot be fetched; these can: \(Self.names).")
    }
    try checkMirror()
  }

  func run() throws {
    try reportingFailures {
      try fetch(try FetchPlan(set: name, mirror: mirror))
    }
  }

  private func checkMirror() throws {
    guard let mirror else { return }
    do throws(MirrorFault) {
      _ = try Mirror(mirror)
    } catch {
      throw ValidationError("--mirror \(mirror.printable): \(error).")
    }
  }

  private func fetch(_ plan: FetchPlan) throws {
    let interruption = Interruption()
    var line = ProgressLine(remarks.verbosity)
    var progress = FetchProgress(name: plan.set.name)
    // On every way out, before anything else is said.
    defer { line.clear() }
    line.detail("fetching into \(plan.folder.printable)")
    do throws(DownloadError) {
      try plan.carryOut(
        isCancelled: { interruption.hasCome },
        report: { event in
          switch event {
          case .kept(let file): line.note("\(file) is there already, and sound")
          case .published(let file): line.note("\(file) has been fetched")
          case .waiting(let file): line.note("\(file) is being fetched by another process; waiting for it")
          case .failed(let failure):
            line.update("\(failure.url.printable): \(failure.fault)")
            line.detail("\(failure.url.printable): \(failure.fault)")
          case .received(let file, let bytes, let count):
            progress.note(file: file, bytes: bytes, at: monotonicSeconds())
            line.update(progress.text(of: count))
          }
        })
    } catch .cancelled {
      line.clear()
      throw Failure(
        "stopped before the end; what has come is kept, and the same command goes on from there",
        status: interruption.status)
    } catch {
      line.clear()
      throw Failure("\(error)\n\(plan.alternative)")
    }
    line.note("\(plan.folder.printable) is complete; --data \(plan.set.name) names it")
  }
}
