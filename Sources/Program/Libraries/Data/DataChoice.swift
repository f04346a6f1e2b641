import Datasets
import Essentials
import Primitives

/// A data set for `--data`, with the options by which it is read.
package struct DataChoice: Equatable, Sendable {
  /// The origin of a data set.
  package enum Place: Equatable, Sendable {
    /// A built-in set.
    case builtIn(BuiltInSet)
    /// A folder with the four IDX files of MNIST's names and size.
    case folder(String)
    /// A file or folder of another kind.
    case files(String)
  }

  package let place: Place
  package let options: DataOptions

  package init(_ place: Place, options: DataOptions = DataOptions()) {
    (self.place, self.options) = (place, options)
  }

  /// Resolves `text`: the name of a built-in or a downloaded set, which precede a path, or a file or folder.
  /// Throws if there is none of them.
  package init(
    _ text: String, options: DataOptions = DataOptions(),
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws {
    self.options = options
    if let set = BuiltInSet.named(text) {
      place = .builtIn(set)
      try requireOptionsOfBuiltInSets()
      return
    }
    let fetched = DataLocations.folder(ofSet: text, environment: environment)
    if let fetched, Folder.isPresent(fetched) {
      place = options.isEmpty ? .folder(fetched) : .files(fetched)
    } else if Folder.isPresent(text) {
      let isLikeMNIST = IDXDirectory.hasFiles(text) && !IDXDirectory.hasOtherSize(text)
      place = options.isEmpty && isLikeMNIST ? .folder(text) : .files(text)
    } else if FileManager.default.fileExists(atPath: text) {
      place = .files(text)
    } else {
      throw [fetched, text].compactMap { $0 }.compactMap(Folder.fault).first
        ?? Failure(Self.absence(of: text, fetched: fetched))
    }
  }

  /// Finds the set called `name`; throws unless it is completely downloaded.
  package init(
    fetched name: String, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws {
    guard let folder = DataLocations.folder(ofSet: name, environment: environment),
      IDXDirectory.isComplete(folder)
    else { throw Failure("\(name.printable) is not fetched yet") }
    self.init(.folder(folder))
  }

  /// The default: MNIST if downloaded, else the built-in digits.
  package static func fetchedOrBuiltIn() -> (choice: DataChoice, reference: String) {
    (try? DataChoice(fetched: "mnist")).map { ($0, "mnist") } ?? builtIn
  }

  /// The set to use where nothing else is at hand.
  package static let builtIn = (choice: DataChoice(.builtIn(.digits)), reference: BuiltInSet.digits.name)

  /// The downloaded set called `name` with its test images; nil if it is missing or unreadable.
  package static func opened(fetched name: String) -> (choice: DataChoice, dataset: Dataset)? {
    guard let choice = try? DataChoice(fetched: name), let dataset = try? choice.datasetForInference() else {
      return nil
    }
    return (choice, dataset)
  }

  /// Throws for options that only files have.
  private func requireOptionsOfBuiltInSets() throws {
    guard options.labels == nil, options.keys.isEmpty, !options.inverts else {
      throw Failure("--labels, --key and --invert-data are for files, not for built-in sets")
    }
  }

  /// An error message for a set that is neither at `fetched` nor a file or folder itself.
  private static func absence(of text: String, fetched: String?) -> String {
    if DataLocations.publicSets.contains(text) {
      return "\(text) is not fetched yet: run 'latent-explorer fetch \(text)'"
    }
    let places = [fetched, text].compactMap { $0?.printable }
    let missing =
      places.count > 1 ? "neither \(places[0]) nor \(places[1]) exists" : "\(places[0]) does not exist"
    return
      "no data set '\(text.printable)': \(missing); \(BuiltInSet.names) are built in, and 'latent-explorer fetch' "
      + "gets \(DataLocations.publicSets.joined(separator: ", "))"
  }

  /// The data set's identity, by its images.
  package func identity(of dataset: Dataset) -> DatasetIdentity {
    switch place {
    case .builtIn(let set): set.identity(of: dataset)
    case .folder, .files: DatasetIdentity(of: dataset)
    }
  }

  /// A text that names the same data from any current folder.
  package var source: String {
    switch place {
    case .builtIn(let set): set.name
    case .folder(let path), .files(let path): URL(fileURLWithPath: path).standardizedFileURL.path
    }
  }

  /// The options, with a path that names the same file from any current folder; nil without options.
  package var recordedOptions: DataOptions? {
    guard !options.isEmpty else { return nil }
    var options = options
    options.labels = options.labels.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
    return options
  }
}
