import Datasets

/// The samples to show: images of a data set, or stored encoder outputs.
public enum Samples {
  /// The test images of a data set.
  case images(title: String, classNames: [String], any ImageSource)
  /// Encoder outputs from a model's file, for use without the images of `data`.
  case encoderOutputs(data: String, [EncoderOutput])

  /// The number of samples.
  public var count: Int {
    switch self {
    case .images(_, _, let images): images.count
    case .encoderOutputs(_, let outputs): outputs.count
    }
  }

  /// The title.
  public var title: String {
    switch self {
    case .images(let title, _, _): title
    case .encoderOutputs(_, let outputs): "\(outputs.count) \(origin)"
    }
  }

  /// The title without a count.
  public var origin: String {
    switch self {
    case .images(let title, _, _): title
    case .encoderOutputs(let data, _): "stored latents of \(data) test images"
    }
  }

  /// The label of a sample; nil without one.
  public func classNumber(at index: Int) -> Int? {
    switch self {
    case .images(_, _, let images): images.label(at: index)
    case .encoderOutputs(_, let outputs): outputs[index].label
    }
  }

  /// The name of a class.
  public func className(_ label: Int) -> String {
    let names: [String]
    switch self {
    case .images(_, let classNames, _): names = classNames
    case .encoderOutputs(let data, _): names = IDXDirectory.classNames(ofSet: data)
    }
    return names.indices.contains(label) ? names[label] : String(label)
  }

  /// The class name of a sample; empty without a label.
  public func label(at index: Int) -> String { classNumber(at: index).map(className) ?? "" }

  /// The classes that occur, in order, with the number of samples of each.
  public func classes() -> [(label: Int, count: Int)] { Self.classes(of: labels) }

  /// The labels of all samples.
  public var labels: [Int?] { (0..<count).map(classNumber) }

  /// The classes that occur among `labels`, in order, with the number of each.
  public static func classes(of labels: [Int?]) -> [(label: Int, count: Int)] {
    var counts: [Int: Int] = [:]
    for case let label? in labels { counts[label, default: 0] += 1 }
    return counts.sorted { $0.key < $1.key }.map { (label: $0.key, count: $0.value) }
  }
}
