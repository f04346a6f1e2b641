import Datasets
import Essentials
import Libraries
import Primitives

/// The contents of a data set, as far as they can be read, as text or as one JSON object.
struct DataReport: PrintedReport {
  var path: String
  var kind: String?
  var name: String?
  var entries: [Entry] = []
  /// The shape of the images, before and after the conversion.
  var images: String?
  var convertedImages: String?
  var range: String?
  var notes: [String] = []
  var parts: [Part] = []
  var classes: [ClassCount] = []
  var factors: [String] = []
  var memory: Memory?
  /// The number of images that were read.
  var imagesRead: Int?
  /// The fault that ended the reading; nil for a sound set.
  var error: String?

  struct Entry: Encodable {
    var name: String
    var type: String
    var shape: [Int]
    var use: String
  }

  struct Part: Encodable {
    var name: String
    var count: Int
    var labelled: Bool
  }

  struct ClassCount: Encodable {
    var name: String
    /// The numbers of images of each part.
    var counts: [Int]
  }

  struct Memory: Encodable {
    /// The bytes that the images need, and half of the free memory.
    var needed, limit: Int
  }

  /// The first images, by class where there are classes, for a contact sheet.
  private(set) var sheet: DataSheet?

  private enum CodingKeys: String, CodingKey {
    case path, kind, name, entries, images, convertedImages, range, notes, parts, classes, factors, memory
    case imagesRead, error
  }

  /// Reads the data set at `path`; every image is read once.
  init(_ path: String, options: DataOptions) {
    self.path = path
    do throws(DatasetError) {
      let request = SourceRequest(
        path: path, labelsPath: options.labels, keys: options.keys, inverts: options.inverts)
      let kind = try DataSources.kind(of: request)
      self.kind = kind.name
      let source = try kind.open(request)
      describe(source)
      let assembly = try DatasetAssembly(
        source, request: request, conversion: options.conversion, subset: options.subset)
      notes += assembly.remarks.map(\.text)
      if assembly.shape != source.shape { convertedImages = "\(assembly.shape)" }
      let count = assembly.count(of: .training) + assembly.count(of: .test)
      memory = Memory(needed: count * assembly.shape.valueCount, limit: request.memory.limit)
      try readAll(source)
      let test = try assembly.images(.test, limit: DataSheet.sampleCount)
      if !options.inverts, let advice = DatasetAssembly.brightnessNote(for: test) { notes.append(advice) }
      sheet = DataSheet(test, classNames: source.description.classNames)
    } catch {
      self.error = error.description
    }
  }

  /// Describes a built-in set, whose images are drawn when they are read.
  init(_ set: BuiltInSet, choice: DataChoice) throws {
    path = set.name
    kind = "built-in"
    let native = set.dataset()
    let notes = Locked<[String]>([])
    let dataset = try choice.dataset { remark in notes.withLock { $0.append(remark.text) } }
    name = dataset.name
    images = "\(native.shape)"
    if dataset.shape != native.shape { convertedImages = "\(dataset.shape)" }
    range = "values 0 to 255"
    self.notes = ["images are drawn when they are read"] + notes.exchange([])
    let splits = [(SourcePart.Kind.training, dataset.training), (.test, dataset.test)]
    parts = splits.map { Part(name: $0.rawValue, count: $1.count, labelled: true) }
    classes = dataset.classNames.enumerated().map { label, name in
      ClassCount(
        name: name,
        counts: splits.map { _, images in (0..<images.count).count { images.label(at: $0) == label } })
    }
    factors = dataset.factors.map(Self.text)
    sheet = DataSheet(
      ImageSlice(of: dataset.test, 0..<min(DataSheet.sampleCount, dataset.test.count)),
      classNames: dataset.classNames)
  }

  private static func text(_ factor: Factor) -> String {
    factor.unit.isEmpty ? factor.name : "\(factor.name) (\(factor.unit))"
  }

  private mutating func describe(_ source: any DataSource) {
    let description = source.description
    name = description.name
    entries = description.entries.map {
      Entry(name: $0.name, type: $0.type, shape: $0.shape, use: $0.use)
    }
    images = "\(source.shape)"
    range = description.range
    notes = description.notes
    parts = source.parts.map { part in
      Part(name: part.kind.rawValue, count: part.count, labelled: !part.labels.isEmpty)
    }
    classes = description.classNames.enumerated().map { label, name in
      ClassCount(name: name, counts: source.parts.map { part in part.labels.count { $0 == label } })
    }
    factors = description.factors.map(Self.text)
  }

  private mutating func readAll(_ source: any DataSource) throws(DatasetError) {
    imagesRead = 0
    for part in source.parts.indices {
      var count = 0
      defer { imagesRead = (imagesRead ?? 0) + count }
      try source.readImages(part: part, indices: nil) { _, _ in count += 1 }
    }
  }

  /// The report as text.
  var table: String {
    var lines = ["data         \(path.printable)"]
    func add(_ name: String, _ text: String?) {
      if let text { lines.append(name.padded(to: 13) + text.printable) }
    }
    add("kind", kind)
    add("name", name)
    for (index, entry) in entries.enumerated() {
      let shape = entry.shape.map(String.init).joined(separator: "×")
      let facts = [entry.type, shape].filter { !$0.isEmpty }.joined(separator: " ")
      add(index == 0 ? "arrays" : "", "\(entry.name): \(facts.isEmpty ? "" : facts + ", ")\(entry.use)")
    }
    add("images", images)
    add("converted to", convertedImages)
    add("range", range)
    add("parts", parts.isEmpty ? nil : parts.map { "\($0.count) \($0.name)" }.joined(separator: ", "))
    add("factors", factors.isEmpty ? nil : factors.joined(separator: ", "))
    add("memory", memory.map { "\(Self.megabytes($0.needed)); the limit is \(Self.megabytes($0.limit))" })
    for (index, note) in notes.enumerated() { add(index == 0 ? "notes" : "", note) }
    if let imagesRead { add("read", "\(imagesRead) images") }
    if !classes.isEmpty {
      let width = max(5, min(40, classes.map(\.name.count).max() ?? 0))
      lines += ["", "class".padded(to: width) + parts.map { Self.column($0.name) }.joined()]
      lines += classes.map { entry in
        entry.name.printable.padded(to: width) + entry.counts.map { Self.column(String($0)) }.joined()
      }
    }
    return lines.joined(separator: "\n")
  }

  private static func column(_ text: String) -> String {
    String(repeating: " ", count: max(1, 12 - text.count)) + text
  }

  private static func megabytes(_ bytes: Int) -> String { formatted("%.1f MB", Double(bytes) / 1e6) }
}
