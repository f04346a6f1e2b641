/// A kind of data set in files: how one is recognised and opened.
public struct DataSourceKind: Sendable {
  /// The name, for messages.
  public let name: String
  /// The files that it reads, in a few words.
  public let contents: String
  /// Tells whether a request is for this kind, by path and first bytes.
  public let recognizes: @Sendable (SourceRequest) throws(DatasetError) -> Bool
  /// Opens the data set; its images are not read yet.
  public let open: @Sendable (SourceRequest) throws(DatasetError) -> any DataSource

  /// Creates a kind.
  public init(
    name: String, contents: String,
    recognizes: @escaping @Sendable (SourceRequest) throws(DatasetError) -> Bool,
    open: @escaping @Sendable (SourceRequest) throws(DatasetError) -> any DataSource
  ) {
    (self.name, self.contents, self.recognizes, self.open) = (name, contents, recognizes, open)
  }
}

/// The catalogue of the kinds of data sets.
public enum DataSources {
  /// The kinds, in the order in which they are tried.
  public static let all: [DataSourceKind] = [.npz, .npy, .idx, .pictures, .table]

  /// The kind of the data set at the request's path.
  ///
  /// - Throws: `DatasetError` where the path cannot be read, or is none of these kinds.
  public static func kind(of request: SourceRequest) throws(DatasetError) -> DataSourceKind {
    if let format = ForeignFormat(beginning: try request.beginning()) {
      throw .source(path: request.path, .foreign(format))
    }
    for kind in all where try kind.recognizes(request) { return kind }
    throw .source(path: request.path, .unrecognized(isFolder: request.isFolder))
  }

  /// Opens the data set at the request's path.
  public static func open(_ request: SourceRequest) throws(DatasetError) -> any DataSource {
    try kind(of: request).open(request)
  }
}
