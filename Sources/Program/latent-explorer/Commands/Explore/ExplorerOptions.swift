import ArgumentParser
import Explorer
import ExplorerApp
import Libraries

/// The options for the model and the images that the explorer opens.
struct ExplorerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(ModelChoice.help, valueName: "file|name"), completion: ModelChoice.completion,
    transform: PathArgument.parse)
  var model: String?

  @Option(
    help: ArgumentHelp(DataChoice.help, valueName: "path|name"), completion: DataChoice.completion,
    transform: PathArgument.parse)
  var data: String?

  @OptionGroup(title: "Data") var reading: DataReadingOptions

  @Option(help: ArgumentHelp("The state to restore, as S in the explorer shows it.", valueName: "text"))
  var state: String?

  @Flag(help: "Draw with ASCII characters only.")
  var ascii = false

  func validate() throws {
    do {
      try reading.require(data ?? stateText().data)
    } catch let error as StateTextError {
      throw ValidationError("--state: \(error)")
    }
  }

  /// The data set that the user names, by `--data` or in `--state`; nil for a default.
  var chosenData: String? { data ?? (try? stateText())?.data }

  private func stateText() throws(StateTextError) -> StateText { try StateText(parsing: state ?? "") }

  /// Reads the model and the images.
  ///
  /// - Parameter readsPreview: True if a few images are enough for the beginning.
  func setup(readsPreview: Bool = false) throws -> ExplorerSetup {
    let stateText = try stateText()
    let data = data ?? stateText.data
    let opened = try ModelAndDataset(
      data: data, options: reading.options, model: model ?? stateText.model, readsPreview: readsPreview,
      createsNetwork: true,
      warn: printWarning)
    return ExplorerSetup(opened, isDataChosen: data != nil, stateText: stateText)
  }
}
