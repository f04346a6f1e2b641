import Datasets
import Networks
import Primitives
import Training

/// A model and a data set, by the values of `--model` and `--data`. Without one of them, a suitable one is
/// chosen; without both, MNIST and its model if it is fetched, else the built-in digits and theirs.
package struct ModelAndDataset: Sendable {
  package private(set) var choice: DataChoice
  /// The text that names the data set.
  package private(set) var dataReference: String
  /// The data set for inference; training images are read from `choice` when needed.
  package private(set) var dataset: Dataset
  /// True if the model is a new network, as none of the program's is for images of this shape.
  package private(set) var isNewNetwork = false
  /// True if only the first test images are read yet.
  package private(set) var isPreview = false
  /// Remarks about requested data: what was read, and how.
  package private(set) var dataRemarks: [DataRemark] = []
  /// The text that names the model.
  package private(set) var modelReference: String
  /// The model, with statistics of its latents.
  package private(set) var model: TypedModel

  /// Combines a model and a data set that have been read.
  package init(
    _ choice: DataChoice, _ dataset: Dataset, dataReference: String, model: TypedModel, modelReference: String
  ) {
    (self.choice, self.dataset, self.dataReference) = (choice, dataset, dataReference)
    (self.model, self.modelReference) = (model, modelReference)
  }

  /// Reads both.
  ///
  /// - Parameters:
  ///   - readsPreview: True if a few images are enough for the beginning.
  ///   - createsNetwork: True if, without `named`, images of another shape than MNIST's get a new network.
  ///   - warn: Called with sentences about ignored parts of the model's file and about the data.
  package init(
    data: String?, options: DataOptions = DataOptions(), model named: String?, readsPreview: Bool = false,
    createsNetwork: Bool = false,
    warn: @escaping @Sendable (String) -> Void
  ) throws {
    (choice, dataReference) =
      try data.map { (try DataChoice($0, options: options), $0) } ?? DataChoice.fetchedOrBuiltIn()
    let remarks = Locked<[DataRemark]>([])
    let note: DataNote = { remark in
      guard data != nil else { return }
      remarks.withLock { $0.append(remark) }
      warn(remark.text)
    }
    do {
      (modelReference, model, dataset) = try Self.read(
        choice, model: named, limit: readsPreview ? Self.previewCount : nil, note: note, warn: warn)
    } catch  where error is DatasetError && data == nil && choice != DataChoice.builtIn.choice {
      // The user did not request the downloaded set; the built-in digits need no files.
      (choice, dataReference) = DataChoice.builtIn
      (modelReference, model, dataset) = try Self.read(choice, model: named, note: note, warn: warn)
    }
    dataRemarks = remarks.exchange([])
    isPreview = readsPreview && choice.canBeLimited && dataset.test.count == Self.previewCount
    if createsNetwork, named == nil, dataset.shape != model.architecture.imageShape {
      (model, isNewNetwork) = (TypedModel(untrainedFor: dataset.shape), true)
    }
    model = try model.withStatistics(on: dataset)
  }

  /// The number of images that the explorer starts with, so that the first picture does not wait for all.
  private static let previewCount = 32

  /// Reads the images and a model concurrently: both take about as long.
  private static func read(
    _ choice: DataChoice, model named: String?, limit: Int? = nil, note: @escaping DataNote,
    warn: @escaping @Sendable (String) -> Void
  ) throws -> (reference: String, model: TypedModel, dataset: Dataset) {
    let reference = named ?? ModelChoice.suitable(for: choice)
    let (dataset, model) = try concurrently(
      { try choice.datasetForInference(limit: limit, note: note) },
      { try ModelChoice.read(reference, warn: warn).model })
    return (reference, model, dataset)
  }

  /// Replaces the data set.
  package mutating func replaceDataset(_ choice: DataChoice, _ dataset: Dataset, reference: String) {
    (self.choice, self.dataset, dataReference) = (choice, dataset, reference)
    isPreview = false
  }
}

extension Dataset {
  /// Throws unless the images have the shape that a network requires; `model` names its file.
  package func requireShape(of architecture: NetworkArchitecture, model: String?) throws {
    guard shape != architecture.imageShape else { return }
    throw Failure(
      "\(title.printable) has images of \(shape), but \(model?.printable ?? "the model") is for images of "
        + "\(architecture.imageShape); --image-size and --image-channels convert them")
  }
}

extension TypedModel {
  /// A network of the article's widths with random weights, for images of `shape`.
  fileprivate init(untrainedFor shape: ImageShape) {
    var architecture = NetworkArchitecture.article
    architecture.imageShape = shape
    self.init(
      architecture: architecture, weights: TypedAutoencoder(architecture, seed: 0).tensors,
      details: ModelDetails())
  }

  /// The model with statistics of its latents, measured on test images if its file has none.
  package func withStatistics(on dataset: Dataset) throws -> TypedModel {
    guard details.statistics.isEmpty else { return self }
    var model = self
    try model.measureLatents(over: dataset.test.fitted(to: architecture.imageShape), count: 500)
    return model
  }
}
