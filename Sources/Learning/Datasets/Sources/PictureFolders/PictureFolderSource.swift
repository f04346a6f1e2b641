import Formats
import Primitives

extension DataSourceKind {
  /// Folders of picture files.
  static let pictures = DataSourceKind(
    name: "pictures",
    contents: "folders of PNG, PGM, PPM or JPEG pictures, one folder for each class or all in one",
    recognizes: { request throws(DatasetError) in
      guard request.isFolder else { return false }
      return try PictureFolder.isPresent(request.path)
    },
    open: { request throws(DatasetError) in try PictureFolderSource(request) })
}

/// A data set in a folder of picture files.
struct PictureFolderSource: DataSource {
  let description: SourceDescription
  let parts: [SourcePart]
  var shape: ImageShape { files.shape }
  private let folder: PictureFolder
  private let files: PictureFiles

  /// Lists the folder and reads the headers of its pictures.
  init(_ request: SourceRequest, reader: PictureReader = PictureReader()) throws(DatasetError) {
    if let use = request.keys.keys.sorted().first { throw .source(path: request.path, .unknownUse(use)) }
    folder = try PictureFolder(request.path)
    let paths = folder.parts.flatMap { $0.pictures.map(\.path) }
    files = try PictureFiles(paths, background: request.inverts ? 255 : 0, reader: reader)
    var classNames = folder.classNames
    var origin = "classes by folder"
    var labels = folder.parts.map { $0.pictures.map(\.label) }
    if let own = try request.labelList() {
      labels = try own.labels(of: folder.parts.map { $0.pictures.map(\.path) }, path: request.path)
      (classNames, origin) = (own.classNames, "labels from \(SourceRequest.name(of: own.path))")
    }
    parts = zip(folder.parts, labels).map { part, labels in
      SourcePart(
        kind: part.kind, count: part.pictures.count, labels: labels.allSatisfy { $0 == nil } ? [] : labels)
    }
    description = SourceDescription(
      kind: "pictures", name: request.stem, entries: Self.entries(parts, shape: files.shape),
      range: "values 0 to 255", notes: Self.notes(folder, files, classNames, from: origin),
      classNames: classNames)
  }

  func readImages(
    part: Int, indices: [Int]?,
    body: (_ index: Int, _ pixels: Span<UInt8>) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    let pictures = folder.parts[part].pictures
    for index in indices ?? Array(pictures.indices) {
      let pixels = try files.pixels(pictures[index].path)
      try body(index, pixels.span)
    }
  }

  private static func entries(_ parts: [SourcePart], shape: ImageShape) -> [SourceDescription.Entry] {
    parts.map { part in
      let purpose = part.kind == .all ? "" : " (\(part.kind.rawValue))"
      return .init(name: "\(text(part.count, "picture")) of \(shape)", use: "images\(purpose)")
    }
  }

  private static func notes(
    _ folder: PictureFolder, _ files: PictureFiles, _ classNames: [String], from origin: String
  ) -> [String] {
    var notes = [classNames.isEmpty ? "no labels" : "\(origin): \(mapping(of: classNames))"]
    if files.isPadded { notes.append("sizes are mixed: padded to squares and resized") }
    if folder.skipped > 0 { notes.append("not read: \(text(folder.skipped, "other file"))") }
    return notes
  }

  /// The labels with their names, or the labels alone where these are the names.
  private static func mapping(of names: [String]) -> String {
    if names == names.indices.map(String.init) {
      return names.count == 1 ? names[0] : "0 to \(names.count - 1)"
    }
    let shown = names.prefix(12).enumerated().map { "\($0) = \($1.printable)" }
    return shown.joined(separator: ", ") + (names.count > shown.count ? " …" : "")
  }

  private static func text(_ count: Int, _ noun: String) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
  }
}
