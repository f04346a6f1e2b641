import Datasets
import Essentials

/// The folders that the explorer writes to, beside those of fetched data sets; nil without a home folder.
package struct OutputFolders: Equatable, Sendable {
  package let models: String?
  package let drawings: String?
  package let figures: String?

  /// The folders that the environment names.
  package init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    models = DataLocations.folder(ofSet: "models", environment: environment)
    drawings = DataLocations.folder(ofSet: "drawings", environment: environment)
    figures = DataLocations.folder(ofSet: "figures", environment: environment)
  }
}
