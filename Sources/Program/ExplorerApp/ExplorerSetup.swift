import Datasets
import Explorer
import Libraries
import Primitives
import Screen

/// The model and images that the explorer opens, and the folders that it writes to.
package struct ExplorerSetup: Sendable {
  private(set) var opened: ModelAndDataset
  private let isDataChosen: Bool
  private let stateText: StateText
  let folders: OutputFolders

  /// Creates a set-up.
  ///
  /// - Parameters:
  ///   - isDataChosen: True if the user requested the images, so that latents in the model's file do not
  ///     replace them.
  ///   - stateText: The state to restore.
  package init(
    _ opened: ModelAndDataset, isDataChosen: Bool, stateText: StateText,
    folders: OutputFolders = OutputFolders()
  ) {
    (self.opened, self.isDataChosen) = (opened, isDataChosen)
    (self.stateText, self.folders) = (stateText, folders)
  }

  var dataset: Dataset { opened.dataset }
  /// True if only the first images are read yet.
  var isPreview: Bool { opened.isPreview }
  var modelReference: String { opened.modelReference }
  var models: ModelLibrary { ModelLibrary(folder: folders.models) }
  var drawings: DrawingLibrary { DrawingLibrary(folder: folders.drawings) }
  var figures: FigureLibrary { FigureLibrary(folder: folders.figures) }

  /// The explorer's initial state.
  package func state(
    size: Size, capabilities: Capabilities, startsTraining: Bool = false, showsHints: Bool = false
  ) throws -> ExplorerState {
    let model =
      opened.isNewNetwork
      ? try ModelInUse(name: "untrained", model: opened.model)
      : try ModelInUse(name: Self.title(of: modelReference), reference: modelReference, model: opened.model)
    var state = ExplorerState(
      model: model,
      dataset: dataset, dataReference: opened.dataReference, dataRemarks: opened.dataRemarks, size: size,
      capabilities: capabilities,
      prefersImages: isDataChosen, startsTraining: startsTraining, showsHints: showsHints)
    state.apply(stateText)
    return state
  }

  /// Replaces the data set.
  mutating func replaceDataset(_ choice: DataChoice, _ dataset: Dataset, reference: String) {
    opened.replaceDataset(choice, dataset, reference: reference)
  }

  /// The file's name without suffix, with its folder, as the models of all runs have the same name.
  static func title(of reference: String) -> String {
    let ending = ".safetensors"
    let name = reference.hasSuffix(ending) ? String(reference.dropLast(ending.count)) : reference
    let parts = name.split(separator: "/").filter { $0 != "." }
    return parts.isEmpty ? reference.printable : parts.suffix(2).joined(separator: "/").printable
  }
}
