import Primitives

/// Images in files, before they are converted for a network: read in a stream, never all in memory.
public protocol DataSource: Sendable {
  /// The kind, the arrays or files, and how they are read.
  var description: SourceDescription { get }
  /// The parts, known without reading images; at least one, each with at least one image.
  var parts: [SourcePart] { get }
  /// The shape of all images, before any conversion.
  var shape: ImageShape { get }

  /// Calls `body` with images of a part in ascending order.
  ///
  /// - Parameters:
  ///   - part: The index of the part.
  ///   - indices: The indices of the wanted images, ascending; nil for all.
  ///   - body: Receives an image's index and its `shape.valueCount` bytes, row by row; the three values of a
  ///     pixel in colour are adjacent.
  func readImages(
    part: Int, indices: [Int]?,
    body: (_ index: Int, _ pixels: Span<UInt8>) throws(DatasetError) -> Void
  ) throws(DatasetError)
}

/// A part of a source: images for training, for testing, or all of them undivided.
public struct SourcePart: Sendable, Equatable {
  /// The purpose of a part.
  public enum Kind: String, Sendable, CaseIterable {
    /// The training images.
    case training = "train"
    /// The images that validate settings of the training.
    case validation
    /// The test images.
    case test
    /// Images that are not divided.
    case all
  }

  /// The purpose.
  public var kind: Kind
  /// The number of images.
  public var count: Int
  /// The label of each image, nil for an image without; empty where no image has one.
  public var labels: [Int?]
  /// The values of the source's factors for each image, image by image; empty without factors.
  public var factors: [Float]

  /// Creates a part.
  public init(kind: Kind, count: Int, labels: [Int?] = [], factors: [Float] = []) {
    precondition(
      labels.isEmpty || labels.count == count, "\(labels.count) labels do not fit \(count) images")
    (self.kind, self.count, self.labels, self.factors) = (kind, count, labels, factors)
  }
}

/// The contents of a source and how they are read.
public struct SourceDescription: Sendable, Equatable {
  /// An array or a file of the source.
  public struct Entry: Sendable, Equatable {
    /// The key or the file name.
    public var name: String
    /// The element type, such as `u1`; empty where it is not known.
    public var type: String
    /// The extents; empty where they are not known.
    public var shape: [Int]
    /// The use that is made of it, such as `images (train)`, or the reason why it is not read.
    public var use: String

    /// Creates an entry.
    public init(name: String, type: String = "", shape: [Int] = [], use: String) {
      (self.name, self.type, self.shape, self.use) = (name, type, shape, use)
    }
  }

  /// The name of the kind of source.
  public var kind: String
  /// The short name of the data set.
  public var name: String
  /// The arrays or files.
  public var entries: [Entry]
  /// The sentence about the conversion of stored numbers to bytes.
  public var range: String
  /// Further sentences, such as one about transposed images.
  public var notes: [String]
  /// The class names, by label; empty without labels.
  public var classNames: [String]
  /// The factors of the images.
  public var factors: [Factor]

  /// Creates a description.
  public init(
    kind: String, name: String, entries: [Entry], range: String, notes: [String] = [],
    classNames: [String] = [], factors: [Factor] = []
  ) {
    (self.kind, self.name, self.entries, self.range) = (kind, name, entries, range)
    (self.notes, self.classNames, self.factors) = (notes, classNames, factors)
  }

  /// The line that says what was taken from where, and how.
  public var summary: String {
    let uses = entries.map { entry in
      let shape = entry.shape.isEmpty ? "" : ", \(entry.shape.map(String.init).joined(separator: "×"))"
      let type = entry.type.isEmpty ? "" : " (\(entry.type)\(shape))"
      return "\(entry.name.printable)\(type): \(entry.use.printable)"
    }
    return ([kind + ": " + uses.joined(separator: "; "), range] + notes).joined(separator: "; ")
  }
}
