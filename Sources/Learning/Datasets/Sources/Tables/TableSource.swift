import Formats
import Primitives

extension DataSourceKind {
  /// Tables of pixels in text.
  static let table = DataSourceKind(
    name: "table", contents: "tables of pixels in text (.csv, .txt …), also .gz, or folders of them",
    recognizes: { request throws(DatasetError) in
      guard request.isFolder else {
        return TableSource.isTable(try request.beginning(), name: request.fileName)
      }
      return try !TableSource.names(in: request).isEmpty
    },
    open: { request throws(DatasetError) in try TableSource(request) })
}

/// A data set in tables of pixels.
struct TableSource: DataSource {
  let description: SourceDescription
  let parts: [SourcePart]
  let shape: ImageShape
  private let tables: [PixelTable]
  private let rule: RangeRule
  private let isTransposed: Bool

  /// Reads all rows once, for labels and the range of the pixels.
  init(_ request: SourceRequest) throws(DatasetError) {
    if let use = request.keys.keys.sorted().first(where: { $0 != "labels" }) {
      throw .source(path: request.path, .unknownUse(use))
    }
    let names = request.isFolder ? try Self.names(in: request) : [request.fileName]
    var tables: [PixelTable] = []
    for name in names {
      let path = request.isFolder ? "\(request.path)/\(name)" : request.path
      tables.append(try PixelTable(path, key: request.keys["labels"]))
    }
    self.tables = tables
    let (side, channels) = (tables[0].layout.side, tables[0].layout.channels)
    shape = ImageShape(width: side, height: side, channels: channels)
    for (table, name) in zip(tables, names)
    where (table.layout.side, table.layout.channels) != (side, channels) {
      let (first, other) = (tables[0].layout, table.layout)
      throw .source(
        path: request.path,
        .shapesDiffer(
          names[0], [first.side, first.side, first.channels], name, [other.side, other.side, other.channels]))
    }
    rule = try Self.rule(for: tables)
    isTransposed = TableSet.isTransposed(names[0])
    let classes = TableClasses(of: tables.map { $0.labels ?? [] }, set: names[0])
    guard classes.names.count <= SourceLabels.largest + 1 else {
      throw .tableLayout(path: request.path, .tooManyClasses(classes.names.count))
    }
    var labels = tables.map { $0.labels.map { $0.map { classes.label(of: $0) } } ?? [] }
    var classNames = classes.names
    if let own = try request.labelList() {
      labels = try own.labels(
        of: tables.map { [String](repeating: "", count: $0.count) }, path: request.path)
      classNames = own.classNames
    }
    parts = zip(zip(names, tables), labels).map { file, labels in
      SourcePart(
        kind: names.count == 1 ? .all : TableSet.kind(of: file.0), count: file.1.count, labels: labels)
    }
    description = SourceDescription(
      kind: "table", name: request.stem, entries: Self.entries(names, tables, parts, request.labelsPath),
      range: rule.text, notes: Self.notes(shape, isTransposed: isTransposed), classNames: classNames)
  }

  func readImages(
    part: Int, indices: [Int]?,
    body: (_ index: Int, _ pixels: Span<UInt8>) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    var image = [UInt8](repeating: 0, count: shape.valueCount)
    let order = placement
    try tables[part].readPixels(indices) { index, pixels throws(DatasetError) in
      let start = pixels.startIndex
      for place in 0..<image.count { image[order[place]] = rule.byte(of: pixels[start + place]) }
      try body(index, image.span)
    }
  }

  /// The place in an image of each value of a row.
  private var placement: [Int] {
    guard isTransposed else { return Array(0..<shape.valueCount) }
    let (side, channels) = (shape.width, shape.channels)
    return (0..<shape.valueCount).map { value in
      let (pixel, channel) = (value / channels, value % channels)
      return (pixel % side * side + pixel / side) * channels + channel
    }
  }

  private static func rule(for tables: [PixelTable]) throws(DatasetError) -> RangeRule {
    let smallest = tables.map(\.smallest).min() ?? 0
    let largest = tables.map(\.largest).max() ?? 0
    let isFloat = tables.contains(where: \.hasFractions)
    guard let rule = RangeRule.rule(minimum: smallest, maximum: largest, isFloat: isFloat) else {
      throw .source(
        path: tables[0].path, .unknownRange(minimum: Double(smallest), maximum: Double(largest)))
    }
    return rule
  }

  private static func entries(
    _ names: [String], _ tables: [PixelTable], _ parts: [SourcePart], _ labelsPath: String?
  ) -> [SourceDescription.Entry] {
    zip(zip(names, tables), parts).map { file, part in
      let (name, table) = file
      let labels =
        switch table.layout.labels {
        case _ where labelsPath != nil: "labels from \(SourceRequest.name(of: labelsPath ?? ""))"
        case .none: "no labels"
        case .column(let column): column < table.layout.pixels.lowerBound ? "labels first" : "labels last"
        case .oneHot: "one-hot labels last"
        }
      let purpose = part.kind == .all ? "" : " (\(part.kind.rawValue))"
      return .init(
        name: name, type: "text", shape: [table.count, table.layout.columnCount],
        use: "images\(purpose), \(labels)")
    }
  }

  private static func notes(_ shape: ImageShape, isTransposed: Bool) -> [String] {
    (isTransposed ? ["images are stored transposed, and turned back"] : [])
      + (shape.isColour ? ["colours are red, green and blue of each pixel"] : [])
  }
}

extension TableSource {
  /// Tells whether a file that begins with `bytes` is a table: text with many fields in its first line, or with the
  /// ending of one.
  static func isTable(_ bytes: [UInt8], name: String) -> Bool {
    let controls: (UInt8) -> Bool = { $0 < 0x20 && !(0x09...0x0D).contains($0) }
    guard !bytes.isEmpty, !bytes.contains(where: controls) else { return false }
    let words = name.lowercased().split(separator: ".").dropFirst()
    if words.contains(where: { ["csv", "tsv", "amat"].contains($0) }) { return true }
    let lines = bytes.prefix(1 << 14).split(separator: 0x0A)
    guard let line = lines.first(where: { $0.first != UInt8(ascii: "#") }) else { return false }
    let isSeparated = line.contains { ",;".utf8.contains($0) }
    let separators: [UInt8] = isSeparated ? Array(",;".utf8) : [0x20, 0x09]
    let fields = line.split(whereSeparator: separators.contains)
    // Many words between spaces are a sentence, not a table.
    guard isSeparated || !line.contains(where: { !numberCharacters.contains($0) }) else { return false }
    return fields.count >= 32
  }

  /// The characters of numbers between white space, and of libsvm's pairs.
  private static let numberCharacters = Set("0123456789+-.eE:\"' \t\r".utf8)

  /// The names of the tables of a set in a folder: one for each split, by their names, or the only one.
  static func names(in request: SourceRequest) throws(DatasetError) -> [String] {
    var names: [String] = []
    for name in try request.fileNames() {
      let path = "\(request.path)/\(name)"
      guard FileBytes.isRegular(path) else { continue }
      if isTable(try SourceRequest(path: path, memory: request.memory).beginning(), name: name) {
        names.append(name)
      }
    }
    guard names.count > 1 else { return names }
    let splits = [SourcePart.Kind.training, .validation, .test].map { kind in
      names.filter { TableSet.kind(of: $0) == kind }
    }
    guard splits.allSatisfy({ $0.count <= 1 }), !splits[0].isEmpty else {
      throw .source(
        path: request.path,
        .ambiguous(question: "which of several tables", candidates: names, answer: "name one by --data"))
    }
    return splits.flatMap { $0 }
  }
}
