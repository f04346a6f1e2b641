import ArgumentParser
import Datasets
import Explorer
import Foundation
import Primitives
import Screen
import Training

/// The options for the model and the images that the explorer opens.
struct ExplorerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(ModelChoice.help, valueName: "file|name"), completion: ModelChoice.completion,
    transform: PathArgument.parse)
  var model: String?

  @Option(
    help: ArgumentHelp(DataChoice.help, valueName: "dir|name"), completion: DataChoice.completion,
    transform: PathArgument.parse)
  var data: String?

  @Option(help: ArgumentHelp("The state to restore, as S in the explorer shows it.", valueName: "text"))
  var state: String?

  @Flag(help: "Draw with ASCII characters only.")
  var ascii = false

  func validate() throws {
    do {
      _ = try stateText()
    } catch {
      throw ValidationError("--state: \(error)")
    }
  }

  func stateText() throws(StateTextError) -> StateText { try StateText(parsing: state ?? "") }

  /// The requested data; nil if there are none.
  func dataChoice() throws -> (choice: DataChoice, reference: String)? {
    guard let data = try data ?? stateText().data else { return nil }
    return (try DataChoice(data), data)
  }
}

/// The model and images that the explorer opens; training images are read from `choice` when needed.
struct ExplorerSetup {
  private(set) var choice: DataChoice
  private(set) var dataReference: String
  let isDataChosen: Bool
  let stateText: StateText
  private(set) var dataset: Dataset
  private(set) var modelName: String
  private(set) var model: TypedModel

  init(_ options: ExplorerOptions) throws {
    stateText = try options.stateText()
    let asked = try options.dataChoice()
    let named = options.model ?? stateText.model
    isDataChosen = asked != nil
    (choice, dataReference) = asked ?? DataChoice.fetchedOrBuiltIn()
    do {
      (modelName, model, dataset) = try Self.read(choice, model: named)
    } catch  where error is DatasetError && asked == nil && choice != .digits {
      // The user did not request the downloaded set; the built-in digits need no files.
      (choice, dataReference) = (.digits, "digits")
      (modelName, model, dataset) = try Self.read(choice, model: named)
    }
    model = try Self.prepared(model, dataset: dataset)
  }

  /// Reads the images and a model, by default a suitable one, concurrently: both take about as long.
  private static func read(
    _ choice: DataChoice, model named: String?
  ) throws -> (name: String, model: TypedModel, dataset: Dataset) {
    let name = named ?? ModelChoice.suitable(for: choice)
    let (dataset, model) = try concurrently(
      { try choice.datasetForInference() }, { try ModelChoice.read(name) })
    return (name, model, dataset)
  }

  /// The explorer's initial state.
  func state(
    size: Size, capabilities: Capabilities, startsTraining: Bool = false, showsHints: Bool = false
  ) throws -> ExplorerState {
    var state = ExplorerState(
      model: try ModelInUse(name: Self.title(of: modelName), reference: modelName, model: model),
      dataset: dataset, dataReference: dataReference, size: size, capabilities: capabilities,
      prefersImages: isDataChosen, startsTraining: startsTraining, showsHints: showsHints)
    state.apply(stateText)
    return state
  }

  /// Replaces the data set.
  mutating func replaceDataset(_ choice: DataChoice, _ dataset: Dataset, reference: String) {
    (self.choice, self.dataset, dataReference) = (choice, dataset, reference)
  }

  /// The model with statistics for its sliders, measured on the test images if its file has none.
  static func prepared(_ model: TypedModel, dataset: Dataset) throws -> TypedModel {
    guard model.details.statistics.isEmpty else { return model }
    var model = model
    try model.measureLatents(over: dataset.test, count: 500)
    return model
  }

  /// The file's name without suffix, with its folder, as the models of all runs have the same name.
  static func title(of reference: String) -> String {
    let ending = ".safetensors"
    let name = reference.hasSuffix(ending) ? String(reference.dropLast(ending.count)) : reference
    let parts = name.split(separator: "/").filter { $0 != "." }
    return parts.isEmpty ? reference.printable : parts.suffix(2).joined(separator: "/").printable
  }
}
