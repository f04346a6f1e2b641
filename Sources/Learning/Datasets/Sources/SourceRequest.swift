import Formats
import Primitives

/// A request for a data set in files.
public struct SourceRequest: Sendable {
  /// The file or folder.
  public var path: String
  /// A file with the labels, where they are not with the images.
  public var labelsPath: String?
  /// The names of arrays by their use: `images` and `labels`.
  public var keys: [String: String]
  /// The memory that images may fill.
  public var memory: MemoryBudget
  /// True if dark and bright will be exchanged, so that the background is white.
  public var inverts: Bool

  /// Creates a request.
  public init(
    path: String, labelsPath: String? = nil, keys: [String: String] = [:],
    memory: MemoryBudget = .measured(), inverts: Bool = false
  ) {
    (self.path, self.labelsPath, self.keys, self.memory) = (path, labelsPath, keys, memory)
    self.inverts = inverts
  }

  /// Tells whether the path is a folder.
  public var isFolder: Bool { Folder.isPresent(path) }

  /// The names in the folder at the path, without hidden ones; none for a file.
  public func fileNames() throws(DatasetError) -> [String] {
    guard isFolder else { return [] }
    do { return try Folder.names(in: path).filter { !$0.hasPrefix(".") } } catch { throw .file(error) }
  }

  /// The first bytes of the file, those of its contents where it is gzip; none for a folder.
  public func beginning() throws(DatasetError) -> [UInt8] {
    isFolder ? [] : try Self.beginning(of: path)
  }

  /// The size of the part of a file that recognises it.
  private static let beginningSize = 1 << 16

  /// The first bytes of the file at `path`, those of its contents where it is gzip.
  static func beginning(of path: String) throws(DatasetError) -> [UInt8] {
    let bytes: [UInt8]
    do { bytes = try FileBytes.beginning(of: path, count: beginningSize).bytes } catch { throw .file(error) }
    guard bytes.starts(with: [0x1F, 0x8B]) else { return bytes }
    // What is inflated before a fault or the cut is enough to recognise the contents.
    return ((try? GzipReader(bytes))?.readable(upTo: 512)) ?? bytes
  }
}

extension GzipReader {
  /// The next bytes, as far as they can be inflated.
  fileprivate func readable(upTo count: Int) -> [UInt8] {
    var contents: [UInt8] = []
    while contents.count < count, let byte = try? read(upTo: 1), !byte.isEmpty { contents += byte }
    return contents
  }
}
