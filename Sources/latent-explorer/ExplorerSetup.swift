import ArgumentParser
import Datasets
import Explorer
import Foundation
import Primitives
import Screen
import Training

/// The model and the images that the explorer opens with, as the command line asks for them.
struct ExplorerOptions: ParsableArguments {
  @Option(help: ArgumentHelp(ModelChoice.help, valueName: "file|name"), completion: ModelChoice.completion)
  var model: String?

  @Option(help: ArgumentHelp(DataChoice.help, valueName: "dir|name"), completion: DataChoice.completion)
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

  /// The data that are asked for; without `--data`: MNIST where it has been fetched, else the built-in digits.
  func dataChoice() throws -> (choice: DataChoice, reference: String) {
    if let data = try data ?? stateText().data { return (try DataChoice(data), data) }
    return (try? DataChoice(fetched: "mnist")).map { ($0, "mnist") } ?? (.digits, "digits")
  }
}

/// What the explorer opens with; the images to learn from are read from `choice` when they are needed.
struct ExplorerSetup {
  private(set) var choice: DataChoice
  private(set) var dataReference: String
  let isDataChosen: Bool
  let stateText: StateText
  private(set) var dataset: Dataset
  let modelName: String
  let model: TypedModel

  init(_ options: ExplorerOptions) throws {
    stateText = try options.stateText()
    (choice, dataReference) = try options.dataChoice()
    isDataChosen = options.data != nil || stateText.data != nil
    let reference = options.model ?? stateText.model ?? ModelChoice.suitable(for: choice)
    // Each takes about as long as the other.
    let (dataset, model) = try concurrently(
      { [choice] in try choice.datasetForLooking() }, { try ModelChoice.read(reference) })
    (modelName, self.dataset) = (reference, dataset)
    self.model = try Self.prepared(model, dataset: dataset)
  }

  /// The explorer's first state.
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

  /// Goes on with other images.
  mutating func take(_ choice: DataChoice, _ dataset: Dataset, reference: String) {
    (self.choice, self.dataset, dataReference) = (choice, dataset, reference)
  }

  /// The model with statistics for its sliders, measured on the images at hand where its file has none.
  static func prepared(_ model: TypedModel, dataset: Dataset) throws -> TypedModel {
    guard model.details.statistics.isEmpty else { return model }
    var model = model
    try model.measureLatents(over: dataset.test, count: 500)
    return model
  }

  /// A file's name with the folder that it is in, as the models of all runs are called alike; without the ending.
  static func title(of reference: String) -> String {
    let ending = ".safetensors"
    let name = reference.hasSuffix(ending) ? String(reference.dropLast(ending.count)) : reference
    let parts = name.split(separator: "/").filter { $0 != "." }
    return parts.isEmpty ? reference.printable : parts.suffix(2).joined(separator: "/").printable
  }
}
