import Datasets

/// The samples that a person steps through: images of a data set, or only a model's readings of some.
public enum Samples {
  /// The test images of a data set.
  case images(title: String, classNames: [String], any ImageSource)
  /// Readings that a model's file carries, for those who do not have the images of `data`.
  case encoderOutputs(data: String, [EncoderOutput])

  /// How many samples there are.
  public var count: Int {
    switch self {
    case .images(_, _, let images): images.count
    case .encoderOutputs(_, let outputs): outputs.count
    }
  }

  /// What the title line says.
  public var title: String {
    switch self {
    case .images(let title, _, _): title
    case .encoderOutputs(_, let outputs): "\(outputs.count) \(origin)"
    }
  }

  /// What they are of, without their count.
  public var origin: String {
    switch self {
    case .images(let title, _, _): title
    case .encoderOutputs(let data, _): "readings of \(data) test images"
    }
  }

  /// A sample's class.
  public func classNumber(at index: Int) -> Int {
    switch self {
    case .images(_, _, let images): images.label(at: index)
    case .encoderOutputs(_, let outputs): outputs[index].label
    }
  }

  /// What a class is called.
  public func className(_ label: Int) -> String {
    let names: [String]
    switch self {
    case .images(_, let classNames, _): names = classNames
    case .encoderOutputs(let data, _): names = IDXDirectory.classNames(ofSet: data)
    }
    return names.indices.contains(label) ? names[label] : String(label)
  }

  /// What a sample is called: its class.
  public func label(at index: Int) -> String { className(classNumber(at: index)) }

  /// The classes that occur, in order, each with the count of its samples.
  public func classes() -> [(label: Int, count: Int)] { Self.classes(of: labels) }

  /// The class of each sample.
  public var labels: [Int] { (0..<count).map(classNumber) }

  /// The classes that occur among some labels, in order, each with its count.
  public static func classes(of labels: [Int]) -> [(label: Int, count: Int)] {
    var counts: [Int: Int] = [:]
    for label in labels { counts[label, default: 0] += 1 }
    return counts.sorted { $0.key < $1.key }.map { (label: $0.key, count: $0.value) }
  }
}
