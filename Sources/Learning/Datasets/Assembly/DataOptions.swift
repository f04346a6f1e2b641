/// The options by which a data set is read: labels, keys, conversion and number of its images.
public struct DataOptions: Sendable, Hashable, Codable {
  /// A file with the labels, where they are not with the images.
  public var labels: String?
  /// The names of arrays by their use: `images` and `labels`.
  public var keys: [String: String] = [:]
  /// The width of the images; nil for their own.
  public var width: Int?
  /// The height of the images; nil for their own.
  public var height: Int?
  /// 1 for grey, 3 for colour; nil for the source's own.
  public var channels: Int?
  /// True if dark and bright are exchanged.
  public var inverts = false
  /// The number of images in all; nil for all.
  public var subset: Int?

  /// Creates options that change nothing.
  public init() {}

  /// Tells whether no option is given.
  public var isEmpty: Bool { self == DataOptions() }

  /// The conversion of each image.
  public var conversion: ImageConversion {
    var conversion = ImageConversion(channels: channels, inverts: inverts)
    if let width, let height { conversion.size = ImageConversion.Size(width: width, height: height) }
    return conversion
  }
}
