import ArgumentParser
import Essentials
import Explorer
import ExplorerApp
import Libraries
import NcursesTerminal
import Primitives
import Screen

/// Opens the explorer in the terminal.
struct ExploreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore",
    abstract: "Explore a model's latent space in the terminal, and train while exploring.",
    usage: "latent-explorer [explore] [<options>]",
    discussion: """
      Examples:
        latent-explorer
        latent-explorer --data ~/mnist --model mnist
        latent-explorer explore --train

      Without --data it opens MNIST if fetched, else the built-in digits.

      Keys:
      \(HelpText.columns(KeyBinding.table.map { ($0.keys, $0.help) }))
      """)

  @OptionGroup var options: ExplorerOptions

  @Flag(help: "Start training a new model at once.")
  var train = false

  @Flag(name: .customLong("no-mouse"), help: "Leave the mouse to the terminal, to select text.")
  var leavesMouse = false

  @Option(help: "Colours: 'truecolor', '256', '8' or 'none'; by default as the terminal has them.")
  var color: ColorChoice?

  func run() throws {
    try reportingFailures {
      Interruption.turnFatalWritesIntoErrors()
      announceReading()
      let setup = try options.setup(readsPreview: options.state == nil)
      if let state = try explore(setup)?.shownState {
        let note = state.model == nil ? "The model of that screen is not saved.\n" : ""
        try writeToStandardOutput("latent-explorer --state '\(state)'\n\(note)")
      }
    }
  }

  /// Names the files that are read before the first frame can be drawn, which may take seconds.
  private func announceReading() {
    guard isatty(STDERR_FILENO) == 1, let data = options.chosenData, let choice = try? DataChoice(data)
    else { return }
    if case .builtIn = choice.place { return }
    writeToStandardError("reading \(data.printable) …\n")
  }

  /// Hints occupy the area of the training display: they need a start without training.
  private func hasRoomForHints(_ size: Size) -> Bool { !train && size.width >= 80 && size.height >= 24 }

  /// Opens the terminal, and closes it at the end.
  ///
  /// - Returns: The last state; nil if the terminal no longer accepts output, so that writing would block.
  private func explore(_ setup: ExplorerSetup) throws -> ExplorerState? {
    let terminal = try NcursesTerminal(
      environment: NcursesTerminal.environment(), colors: color?.depth, isASCII: options.ascii,
      usesMouse: !leavesMouse)
    defer { terminal.close() }
    let state = try setup.state(
      size: terminal.size, capabilities: terminal.capabilities, startsTraining: train,
      showsHints: hasRoomForHints(terminal.size) && FirstStart.claim())
    let waker = TerminalWaker()
    let loop = ExplorerLoop(
      terminal: terminal, state: state, setup: setup, wake: waker.wake,
      prepareThread: CrashStack.prepareThread)
    let last = loop.run()
    let isClosed = terminal.close()
    if isClosed, let substitute = terminal.substitute {
      writeToStandardError("latent-explorer: \(substitute)\n")
    }
    if isClosed, let words = loop.exitMessage { writeToStandardError("latent-explorer: \(words)\n") }
    if loop.hasLostWeights { throw ExitCode(ExitStatus.failure.code) }
    return isClosed ? last : nil
  }
}
