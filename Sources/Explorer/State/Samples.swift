import Coordinates
import Datasets
import Kernels
import Networks
import Training

/// The samples that a person steps through: images of a data set, or only a model's readings of some.
public enum Samples {
  /// The test images of a data set.
  case images(title: String, classNames: [String], any ImageSource)
  /// Readings that a model's file carries, for those who do not have the images of `data`.
  case readings(data: String, [StoredReading])

  /// How many samples there are.
  var count: Int {
    switch self {
    case .images(_, _, let images): images.count
    case .readings(_, let readings): readings.count
    }
  }

  /// What the title line says.
  var title: String {
    switch self {
    case .images(let title, _, _): title
    case .readings(let data, let readings): "\(readings.count) readings of \(data) test images"
    }
  }

  /// What a sample is called: its class.
  func label(at index: Int) -> String {
    switch self {
    case .images(_, let classNames, let images):
      let label = images.label(at: index)
      return label < classNames.count ? classNames[label] : String(label)
    case .readings(let data, let readings):
      let (label, classNames) = (readings[index].label, IDXDirectory.classNames(ofSet: data))
      return classNames.indices.contains(label) ? classNames[label] : String(label)
    }
  }
}
