import Primitives

/// A fault of a data set in files, apart from those of its formats.
public enum SourceFault: Error, Sendable, Equatable {
  /// The file has a format that is not read.
  case foreign(ForeignFormat)
  /// The file or folder is none of the kinds that are read.
  case unrecognized(isFolder: Bool)
  /// More than one array or set may be meant, or the meaning of one is not clear.
  case ambiguous(question: String, candidates: [String], answer: String)
  /// No array holds images.
  case noImages(candidates: [String])
  /// The option names an array that is not there.
  case unknownKey(String, candidates: [String])
  /// The option has an unknown use.
  case unknownUse(String)
  /// An array cannot be read.
  case refusedArray(String, reason: String)
  /// An array has a shape that is not that of `expected`.
  case wrongShape(String, shape: [Int], expected: String)
  /// The images of the parts have different shapes.
  case shapesDiffer(String, [Int], String, [Int])
  /// The numbers have a range of no known meaning.
  case unknownRange(minimum: Double, maximum: Double)
  /// A number is infinite or not a number.
  case notFinite
  /// A label is not a class number.
  case badLabel(array: String, index: Int, label: String)
  /// The numbers of images and labels differ.
  case countsDiffer(images: String, Int, labels: String, Int)
  /// The labels are QMNIST's, with 8 columns.
  case labelsOfQMNIST(String)
  /// The images need more memory than they may fill.
  case tooLarge(count: Int, bytes: Int, limit: Int, available: Int)
}

extension SourceFault: CustomStringConvertible {
  /// A short message.
  public var description: String {
    switch self {
    case .foreign(let format): "\(format.rawValue) files are not read; \(format.advice)"
    case .unrecognized(let isFolder):
      "\(isFolder ? "this folder has" : "this is") no data set that is read: "
        + DataSources.all.map(\.contents).joined(separator: "; ")
    case .ambiguous(let question, let candidates, let answer):
      "\(question.printable): \(Self.list(candidates)); \(answer.printable)"
    case .noImages(let candidates):
      "no array of images: \(Self.list(candidates)); images are N×H×W, N×H×W×3 or ×4, N×3×H×W, or N×k² numbers"
    case .unknownKey(let key, let candidates):
      "no array '\(key.printable)': there are \(Self.list(candidates))"
    case .unknownUse(let use): "--key takes images=… and labels=…, not \(use.printable)=…"
    case .refusedArray(let key, let reason): "'\(key.printable)': \(reason.printable)"
    case .wrongShape(let key, let shape, let expected):
      "'\(key.printable)' has the shape \(Self.text(shape)), not \(expected)"
    case .shapesDiffer(let first, let one, let second, let other):
      "'\(first.printable)' has images of the shape \(Self.text(one)), '\(second.printable)' of \(Self.text(other))"
    case .unknownRange(let minimum, let maximum):
      "the pixels go from \(minimum) to \(maximum); they may go from 0 to 1, from -1 to 1, to 16 or to 255"
    case .notFinite: "a pixel is infinite or not a number"
    case .badLabel(let array, let index, let label):
      "'\(array.printable)': label \(index) is \(label.printable); labels are whole numbers from 0 to "
        + "\(SourceLabels.largest)"
    case .countsDiffer(let images, let imageCount, let labels, let labelCount):
      "'\(images.printable)' has \(imageCount) images, but '\(labels.printable)' has \(labelCount) labels"
    case .labelsOfQMNIST(let name):
      "'\(name.printable)' has QMNIST's labels of 8 columns, which are not read; name labels of one column "
        + "by --labels"
    case .tooLarge(let count, let bytes, let limit, let available):
      "\(count) images need \(Self.megabytes(bytes)); the limit is half of the free memory, "
        + "\(Self.megabytes(limit)) of \(Self.megabytes(available)); --subset N reads fewer"
    }
  }

  private static func list(_ candidates: [String]) -> String {
    let shown = candidates.prefix(12).map(\.printable).joined(separator: ", ")
    if candidates.isEmpty { return "there is none" }
    return candidates.count > 12 ? "\(shown) and \(candidates.count - 12) more" : shown
  }

  private static func text(_ shape: [Int]) -> String { shape.map(String.init).joined(separator: "×") }

  private static func megabytes(_ bytes: Int) -> String {
    let tenths = (bytes / 50_000 + 1) / 2
    return "\(tenths / 10).\(tenths % 10) MB"
  }
}
