import Primitives

/// The assembly of a data set in memory from a source: its splits, and the conversion of each image as it is read.
public struct DatasetAssembly: Sendable {
  /// The source.
  public let source: any DataSource
  /// The conversion of its images.
  public let conversion: ImageConversion
  /// The shape of the data set's images.
  public let shape: ImageShape
  /// The remarks about the conversion of images, and which are chosen.
  public var remarks: [DataRemark] {
    let conversion = conversion.note(for: source.shape).map { DataRemark($0, isProminent: true) }
    return [conversion].compactMap { $0 } + plan.notes.map { DataRemark($0) }
  }

  private let path: String
  private let plan: SplitPlan

  /// Chooses the images and checks that they fit the memory.
  ///
  /// - Parameters:
  ///   - source: the source that `request` opened.
  ///   - subset: the number of images in all, in proportion to splits and classes; nil for all.
  public init(
    _ source: any DataSource, request: SourceRequest, conversion: ImageConversion = ImageConversion(),
    subset: Int? = nil
  ) throws(DatasetError) {
    (self.source, self.conversion, path) = (source, conversion, request.path)
    shape = conversion.shape(of: source.shape)
    do { plan = try SplitPlan(source.parts, subset: subset) } catch { throw .assembly(path: path, error) }
    guard shape.isSupported else { throw .assembly(path: path, .unsupportedShape(shape)) }
    try request.memory.require(
      count: plan.training.count + plan.test.count, bytesPerImage: shape.valueCount, path: path)
  }

  /// The number of images of a split.
  public func count(of split: Split) -> Int { selection(of: split).count }

  /// Reads the images of a split.
  ///
  /// - Parameter limit: the number of images to read, the first ones; nil for all.
  public func images(_ split: Split, limit: Int? = nil) throws(DatasetError) -> StoredImages {
    let selection = selection(of: split)
    let part = source.parts[selection.part]
    var indices = selection.indices
    if let limit, limit < selection.count {
      indices = Array((indices ?? Array(0..<part.count)).prefix(max(1, limit)))
    }
    var converter = ImageConverter(from: source.shape, by: conversion)
    var pixels: [UInt8] = []
    pixels.reserveCapacity((indices?.count ?? part.count) * shape.valueCount)
    try source.readImages(part: selection.part, indices: indices) { _, image throws(DatasetError) in
      converter.convert(image, into: &pixels)
    }
    let wanted = indices ?? Array(0..<part.count)
    guard pixels.count == wanted.count * shape.valueCount else { throw .changed(path: path) }
    return StoredImages(
      shape: shape, pixels: pixels,
      labels: wanted.map { part.labels.isEmpty ? nil : part.labels[$0].map(UInt8.init) },
      factors: Self.factors(of: wanted, in: part))
  }

  /// Reads both splits.
  public func dataset() throws(DatasetError) -> Dataset {
    let test = try images(.test)
    return dataset(training: try images(.training), test: test)
  }

  /// The data set of splits that are read.
  public func dataset(training: StoredImages, test: StoredImages) -> Dataset {
    let description = source.description
    return Dataset(
      name: description.name, title: IDXDirectory.title(ofSet: description.name),
      classNames: description.classNames, factors: description.factors, training: training, test: test)
  }

  /// The advice for images with a bright background and for entirely black ones; nil for others.
  public static func brightnessNote(for images: some ImageSource) -> String? {
    if Background.isBright(images) { return "bright background: --invert-data?" }
    return Background.isBlack(images) ? "all images are black; black on transparent: --invert-data?" : nil
  }

  private func selection(of split: Split) -> SplitPlan.Selection {
    switch split {
    case .training: plan.training
    case .test: plan.test
    }
  }

  private static func factors(of indices: [Int], in part: SourcePart) -> [Float] {
    let count = part.factors.count / part.count
    guard count > 0 else { return [] }
    if indices.count == part.count { return part.factors }
    return indices.flatMap { part.factors[$0 * count..<($0 + 1) * count] }
  }
}

/// The brightness of images, and of their edges.
enum Background {
  /// The mean of the pixels at the edges from which a background is bright: two thirds of white.
  private static let brightness = 170.0
  /// The number of images that are examined.
  private static let sampleCount = 200

  /// Tells whether the pixels at the edges of images are bright in the mean.
  static func isBright(_ images: some ImageSource) -> Bool {
    let step = max(1, images.count / sampleCount)
    let edge = edge(of: images.shape)
    var (sum, count) = (0, 0)
    for index in stride(from: 0, to: images.count, by: step) {
      images.withPixels(at: index) { pixels in
        for place in edge { sum += Int(pixels[place]) }
      }
      count += edge.count
    }
    return Double(sum) > brightness * Double(count)
  }

  /// Tells whether every pixel is 0.
  static func isBlack(_ images: some ImageSource) -> Bool {
    let step = max(1, images.count / sampleCount)
    return stride(from: 0, to: images.count, by: step).allSatisfy { index in
      images.withPixels(at: index) { pixels in pixels.indices.allSatisfy { pixels[$0] == 0 } }
    }
  }

  /// The indices of the values at the edges, in all planes.
  private static func edge(of shape: ImageShape) -> [Int] {
    (0..<shape.valueCount).filter { value in
      let (row, column) = (value % shape.pixelCount / shape.width, value % shape.width)
      return row == 0 || row == shape.height - 1 || column == 0 || column == shape.width - 1
    }
  }
}

/// A fault of the choice or conversion of a source's images.
public enum AssemblyFault: Error, Sendable, Equatable {
  /// There are too few images for training and testing.
  case tooFew(Int)
  /// The subset is too small for training and testing.
  case tooSmallSubset(Int)
  /// Networks are not trained on such images.
  case unsupportedShape(ImageShape)
}

extension AssemblyFault: CustomStringConvertible {
  /// A short message.
  public var description: String {
    switch self {
    case .tooFew(let count): "\(count) images; training and testing need 2"
    case .tooSmallSubset(let count): "a subset of \(count) images; training and testing need 2"
    case .unsupportedShape(let shape):
      "images of \(shape); networks are trained on sides of \(ImageShape.sides.lowerBound) to "
        + "\(ImageShape.sides.upperBound) pixels: --image-size converts them"
    }
  }
}
