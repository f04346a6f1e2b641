import Datasets
import Essentials
import Primitives

/// A data set for `--data`: a built-in set, a downloaded set, or a folder of IDX files.
package enum DataChoice: Equatable, Sendable {
  case builtIn(BuiltInSet)
  case folder(String)

  /// Resolves `text`; a downloaded set precedes a folder of the same name. Throws if there is neither.
  package init(_ text: String, environment: [String: String] = ProcessInfo.processInfo.environment) throws {
    if let set = BuiltInSet.named(text) {
      self = .builtIn(set)
      return
    }
    let fetched = DataLocations.folder(ofSet: text, environment: environment)
    let places = [fetched, text].compactMap { $0 }
    guard let folder = places.first(where: { ImageFormat.datasets(at: $0) != nil }) else {
      throw places.compactMap(Folder.fault).first ?? Failure(Self.absence(of: text, fetched: fetched))
    }
    self = .folder(folder)
  }

  /// Finds the set called `name`; nil unless it is completely downloaded.
  package init(
    fetched name: String, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws {
    guard let folder = DataLocations.folder(ofSet: name, environment: environment),
      IDXDirectory.isComplete(folder)
    else { throw Failure("\(name.printable) is not fetched yet") }
    self = .folder(folder)
  }

  /// The default: MNIST if downloaded, else the built-in digits.
  package static func fetchedOrBuiltIn() -> (choice: DataChoice, reference: String) {
    (try? DataChoice(fetched: "mnist")).map { ($0, "mnist") } ?? builtIn
  }

  /// The set to use where nothing else is at hand.
  package static let builtIn = (choice: DataChoice.builtIn(.digits), reference: BuiltInSet.digits.name)

  /// The downloaded set called `name` with its test images; nil if it is missing or unreadable.
  package static func opened(fetched name: String) -> (choice: DataChoice, dataset: Dataset)? {
    guard let choice = try? DataChoice(fetched: name), let dataset = try? choice.datasetForInference() else {
      return nil
    }
    return (choice, dataset)
  }

  /// The data set for inference, read quickly: a folder's training images are replaced by the test images.
  /// Training needs `dataset()`.
  package func datasetForInference() throws -> Dataset {
    switch self {
    case .builtIn(let set): return set.dataset()
    case .folder(let path):
      let test = try Self.split(.test, at: path)
      let name = IDXDirectory.folderName(of: path)
      return Dataset(
        name: name, title: IDXDirectory.title(ofSet: name), classNames: IDXDirectory.classNames(ofSet: name),
        training: test, test: test)
    }
  }

  /// Both splits.
  package func dataset() throws -> Dataset {
    switch self {
    case .builtIn(let set): return set.dataset()
    case .folder(let path):
      let inference = try datasetForInference()
      return Dataset(
        name: inference.name, title: inference.title, classNames: inference.classNames,
        training: try Self.split(.training, at: path), test: inference.test)
    }
  }

  private static func split(_ split: Split, at path: String) throws(DatasetError) -> StoredImages {
    guard let datasets = ImageFormat.datasets(at: path) else {
      return try IDXDirectory.loadSplit(split, in: path)
    }
    return try datasets.load(split, path)
  }

  /// An error message for a set that is neither at `fetched` nor a folder itself.
  private static func absence(of text: String, fetched: String?) -> String {
    if DataLocations.publicSets.contains(text) {
      return "\(text) is not fetched yet: run 'latent-explorer fetch \(text)'"
    }
    let places = [fetched, text].compactMap { $0?.printable }
    let missing =
      places.count > 1 ? "neither \(places[0]) nor \(places[1]) is a folder" : "\(places[0]) is not a folder"
    return
      "no data set '\(text.printable)': \(missing); \(BuiltInSet.names) are built in, and 'latent-explorer fetch' "
      + "gets \(DataLocations.publicSets.joined(separator: ", "))"
  }

  /// The data set's identity, by its images.
  package func identity(of dataset: Dataset) -> DatasetIdentity {
    switch self {
    case .builtIn(let set): set.identity(of: dataset)
    case .folder: DatasetIdentity(of: dataset)
    }
  }

  /// A text that names the same data from any current folder.
  package var source: String {
    switch self {
    case .builtIn(let set): set.name
    case .folder(let path): URL(fileURLWithPath: path).standardizedFileURL.path
    }
  }
}
