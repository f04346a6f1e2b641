import ArgumentParser
import Datasets
import Downloads
import Essentials
import Libraries
import Primitives

/// Downloads a data set to the folder in which `--data NAME` finds it.
struct FetchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch", abstract: "Download MNIST, Fashion-MNIST or KMNIST.",
    discussion: """
      Examples:
        latent-explorer fetch mnist
        latent-explorer fetch fashion-mnist
        latent-explorer fetch mnist --mirror https://example.org/mnist

      The four files go to $XDG_DATA_HOME/latent-explorer/NAME, by default ~/.local/share/latent-explorer/NAME, \
      where '--data NAME' finds them. Size and SHA-256 of each are checked. Complete files are kept, and \
      interrupted downloads resume. For files downloaded in another way, '--data DIR' names their folder.
      """)

  @Argument(
    help: ArgumentHelp("The data set: \(names).", valueName: "name"),
    completion: .list(Catalogue.sets.map(\.name)))
  var name: String

  @Option(
    help: ArgumentHelp(
      "A folder on another server that has the files; without it, $\(FetchPlan.mirrorVariable).",
      valueName: "url"), transform: PathArgument.parse)
  var mirror: String?

  @OptionGroup var remarks: VerbosityOptions

  private static var names: String { Catalogue.sets.map(\.name).joined(separator: ", ") }

  func validate() throws {
    guard Catalogue.set(named: name) != nil else {
      throw ValidationError("'\(name.printable)' is not a data set to fetch; choose \(Self.names).")
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
    // On every exit, before other output.
    defer { line.clear() }
    line.detail("fetching into \(plan.folder.printable)")
    do throws(DownloadError) {
      try plan.carryOut(
        isCancelled: { interruption.hasCome },
        report: { event in
          switch event {
          case .kept(let file): line.note("\(file) is already complete")
          case .published(let file): line.note("fetched \(file)")
          case .waiting(let file): line.note("\(file) is being fetched by another process; waiting")
          case .failed(let failure):
            line.update("\(failure.url.printable): \(failure.fault)")
            line.detail("\(failure.url.printable): \(failure.fault)")
          case .received(let file, let bytes, let count):
            progress.note(file: file, bytes: bytes, at: SystemClock.seconds())
            line.update(progress.text(of: count))
          }
        })
    } catch .cancelled {
      line.clear()
      throw InterruptedCommand(
        description: "stopped; the received part is kept, the same command resumes",
        status: interruption.status)
    } catch {
      line.clear()
      throw Failure("\(error)\n\(plan.alternative)")
    }
    line.note("\(plan.folder.printable) is complete; open it with --data \(plan.set.name)")
  }
}
