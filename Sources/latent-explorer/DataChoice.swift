import ArgumentParser
import Datasets
import Foundation
import Primitives

/// What `--data` names: the built-in digits, a set that has been fetched, or a folder of IDX files.
enum DataChoice: Equatable {
  case digits
  case folder(String)

  static let help = "The data set: 'digits' (built in), the name of a fetched one, or a folder of IDX files."

  /// What a shell offers for it: sets that are here, and folders.
  static let completion = CompletionKind.custom { _, _, prefix in
    let fetched = DataLocations.publicSets.filter { (try? DataChoice(fetched: $0)) != nil }
    return Completion.offers(names: ["digits"] + fetched, files: .folders, for: prefix)
  }

  /// Finds what `text` names; a fetched set goes before a folder of the same name.
  init(_ text: String, environment: [String: String] = ProcessInfo.processInfo.environment) throws {
    if text == "digits" {
      self = .digits
      return
    }
    let fetched = DataLocations.folder(ofSet: text, environment: environment)
    let places = [fetched, text].compactMap { $0 }
    guard let folder = places.first(where: Folder.isPresent) else {
      throw places.compactMap(Folder.fault).first ?? Failure(Self.absence(of: text, fetched: fetched))
    }
    self = .folder(folder)
  }

  /// Finds the set called `name` where all of it has been fetched.
  init(fetched name: String, environment: [String: String] = ProcessInfo.processInfo.environment) throws {
    guard let folder = DataLocations.folder(ofSet: name, environment: environment),
      IDXDirectory.isComplete(folder)
    else { throw Failure("\(name.printable) is not fetched yet") }
    self = .folder(folder)
  }

  /// The data for whoever names none: MNIST where it has been fetched, else the built-in digits.
  static func fetchedOrBuiltIn() -> (choice: DataChoice, reference: String) {
    (try? DataChoice(fetched: "mnist")).map { ($0, "mnist") } ?? (.digits, "digits")
  }

  /// The set called `name` with its test images, where it has been fetched and can be read: what is wrong with a
  /// set that nobody asked for is not said.
  static func opened(fetched name: String) -> (choice: DataChoice, dataset: Dataset)? {
    guard let choice = try? DataChoice(fetched: name), let dataset = try? choice.datasetForLooking() else {
      return nil
    }
    return (choice, dataset)
  }

  /// What is needed to look at test images, at once: a folder's training images are not read, and the test
  /// images stand in their place. To learn, take `dataset()`.
  func datasetForLooking() throws -> Dataset {
    switch self {
    case .digits: return Digits.dataset()
    case .folder(let path):
      let test = try IDXDirectory.loadSplit(.test, in: path)
      let name = IDXDirectory.folderName(of: path)
      return Dataset(
        name: name, title: IDXDirectory.title(ofSet: name), classNames: IDXDirectory.classNames(ofSet: name),
        training: test, test: test)
    }
  }

  /// Both splits.
  func dataset() throws -> Dataset {
    switch self {
    case .digits: Digits.dataset()
    case .folder(let path): try IDXDirectory.load(path)
    }
  }

  /// A sentence about a set that is neither at `fetched` nor a folder itself.
  private static func absence(of text: String, fetched: String?) -> String {
    if DataLocations.publicSets.contains(text) {
      return "\(text) is not fetched yet: run 'latent-explorer fetch \(text)'"
    }
    let places = [fetched, text].compactMap { $0?.printable }
    let missing =
      places.count > 1 ? "neither \(places[0]) nor \(places[1]) is a folder" : "\(places[0]) is not a folder"
    return "no data set '\(text.printable)': \(missing); 'digits' is built in, and 'latent-explorer fetch' "
      + "gets \(DataLocations.publicSets.joined(separator: ", "))"
  }

  /// What the data set is, by its images.
  func identity(of dataset: Dataset) -> DatasetIdentity {
    switch self {
    // Drawing them all takes seconds; they change with the program alone.
    case .digits: DatasetIdentity(of: dataset, oneIn: 5000)
    case .folder: DatasetIdentity(of: dataset)
    }
  }

  /// A text that names the same data from any folder.
  var source: String {
    switch self {
    case .digits: "digits"
    case .folder(let path): URL(fileURLWithPath: path).standardizedFileURL.path
    }
  }
}
