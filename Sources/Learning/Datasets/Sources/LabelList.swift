import Formats
import Primitives

/// The labels of images in a file of their own: in their order or, in a text, by the names of files.
struct LabelList: Sendable {
  /// The path of the file.
  let path: String
  /// The names of the classes, by label.
  let classNames: [String]
  private let labels: [Int]
  /// The name of the file of each label; empty where they are in order.
  private let fileNames: [String]

  /// The labels of the files of each part; those for one part alone leave the others without.
  func labels(of parts: [[String]], path folder: String) throws(DatasetError) -> [[Int?]] {
    if !fileNames.isEmpty {
      let byName = Dictionary(zip(fileNames, labels)) { first, _ in first }
      return parts.map { part in part.map { byName[Self.name(of: $0)] } }
    }
    let counts = parts.map(\.count)
    if labels.count == counts.reduce(0, +) {
      var rest = labels[...]
      return counts.map { count in
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count).map { $0 }
      }
    }
    let fitting = counts.indices.filter { counts[$0] == labels.count }
    guard fitting.count == 1 else {
      throw .countsDiffer(
        imagesPath: folder, images: counts.reduce(0, +), labelsPath: path, labels: labels.count)
    }
    return counts.indices.map {
      $0 == fitting[0] ? labels.map { $0 } : [Int?](repeating: nil, count: counts[$0])
    }
  }

  private static func name(of path: String) -> String { SourceRequest.name(of: path) }
}

extension LabelList {
  /// Reads the numbers of an array.
  init(_ array: SourceArray) throws(DatasetError) {
    guard let labels = try SourceLabels.read(array) else {
      throw .source(
        path: array.path, .wrongShape(array.key, shape: array.shape, expected: "one label an image"))
    }
    (path, self.labels, fileNames) = (array.path, labels, [])
    classNames = SourceLabels.classNames(of: [labels])
  }

  /// Reads a text with a label on each line: a whole number or a name, alone or after the name of a file.
  init(text path: String) throws(DatasetError) {
    var (words, names): ([String], [String]) = ([], [])
    let lines = CSVLines(try ByteStream.dataFile(path))
    while let line = try Self.fields(lines) {
      guard lines.number > 1 || !Self.isHeader(line) else { continue }
      guard words.count < IDX.largestCount else {
        throw .tooMany(path: path, count: words.count + 1, limit: IDX.largestCount)
      }
      words.append(line[line.count - 1])
      if line.count > 1 { names.append(Self.name(of: line[0])) }
    }
    guard !words.isEmpty else { throw .empty(path: path) }
    let numbers = words.compactMap { Int($0) }.filter { (0...SourceLabels.largest).contains($0) }
    let hasNames = names.count == words.count && names.allSatisfy { Int($0) == nil }
    (self.path, fileNames) = (path, hasNames ? names : [])
    if numbers.count == words.count {
      (labels, classNames) = (numbers, SourceLabels.classNames(of: [numbers]))
      return
    }
    classNames = Set(words).sorted(by: NaturalOrder.precedes)
    guard classNames.count <= SourceLabels.largest + 1 else {
      throw .folder(path: path, .tooManyClasses(classNames.count))
    }
    let places = Dictionary(uniqueKeysWithValues: classNames.enumerated().map { ($1, $0) })
    labels = words.compactMap { places[$0] }
  }

  /// Tells whether the first line has names of columns.
  private static func isHeader(_ line: [String]) -> Bool {
    ["label", "labels", "class", "target", "y"].contains(line[line.count - 1].lowercased())
  }

  private static func fields(_ lines: CSVLines) throws(DatasetError) -> [String]? {
    do throws(FormatError<CSVFault>) {
      guard let line = try lines.next() else { return nil }
      do throws(CSVFault) { return try CSVLines.fields(of: line) } catch { throw lines.fail(error) }
    } catch { throw DatasetError(error) }
  }
}

extension SourceRequest {
  /// The labels in a file of their own; nil without one.
  func labelList() throws(DatasetError) -> LabelList? {
    guard let labelsPath else { return nil }
    let start = try Self.beginning(of: labelsPath)
    let isArray = start.first == 0x93 || start.first == 0 || start.starts(with: [0x50, 0x4B])
    if !isArray, ForeignFormat(beginning: start) == nil { return try LabelList(text: labelsPath) }
    return try labelsArray().map { array throws(DatasetError) in try LabelList(array) }
  }
}

extension DatasetError {
  fileprivate init(_ error: FormatError<CSVFault>) {
    switch error {
    case .file(let error): self = .file(error)
    case .invalid(let path, let fault): self = .csv(path: path, fault)
    }
  }
}
