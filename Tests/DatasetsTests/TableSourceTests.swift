import Formats
import TestSupport
import Testing

@testable import Datasets

@Suite struct TableSourceTests {
  /// A row of 64 pixels, at the second of which is `value`.
  private func row(_ value: Int) -> String {
    (0..<64).map { $0 == 1 ? "\(value)" : "0" }.joined(separator: ",")
  }

  private func open(
    _ lines: [String], name: String = "t.csv", keys: [String: String] = [:]
  ) throws -> (source: any DataSource, images: [[UInt8]]) {
    let folder = try TemporaryFolder()
    let path = try folder.write(Array(lines.joined(separator: "\n").utf8), to: name)
    let source = try DataSources.open(SourceRequest(path: path, keys: keys))
    var images: [[UInt8]] = []
    try source.readImages(part: 0, indices: nil) { _, pixels throws(DatasetError) in
      images.append(pixels.indices.map { pixels[$0] })
    }
    return (source, images)
  }

  @Test func aTableIsOnePart() throws {
    let (source, images) = try open(["3,\(row(255))", "0,\(row(7))", "1,\(row(0))", "2,\(row(1))"])
    #expect(source.parts.map(\.kind) == [.all] && source.parts[0].labels == [3, 0, 1, 2])
    #expect(source.description.classNames == ["0", "1", "2", "3"])
    #expect(images[1] == [0, 7] + [UInt8](repeating: 0, count: 62))
    #expect(
      source.description.summary
        == "table: t.csv (text, 4×65): images, labels first; values 0 to 255, rounded")
  }

  @Test func aFileOfLabelsIsNamed() throws {
    let folder = try TemporaryFolder()
    let labels = try folder.write(Array("cat\ndog\n".utf8), to: "names.txt")
    let path = try folder.write(Array("\(row(255))\n\(row(7))\n".utf8), to: "t.csv")
    let source = try DataSources.open(SourceRequest(path: path, labelsPath: labels))
    #expect(source.parts[0].labels == [0, 1] && source.description.classNames == ["cat", "dog"])
    #expect(source.description.entries.map(\.use) == ["images, labels from names.txt"])
  }

  @Test func theRangeIsThatOfTheWholeFile() throws {
    #expect(try open(["0,\(row(1))", "1,\(row(0))"]).images[0][1] == 255)
    let floats = try open(["0,\(row(0))", "1,\(row(1))"].map { $0.replacing("1,0", with: "1,0.5") })
    #expect(floats.source.description.range == "values 0 to 1, times 255")
    guard case .source(_, .unknownRange(minimum: 0, maximum: 300)) = fault(["0,\(row(300))", "1,\(row(0))"])
    else {
      Issue.record("a pixel of 300")
      return
    }
  }

  @Test func transposedSetsAreTurned() throws {
    let lines = ["1,\(row(9))", "2,\(row(200))", "3,\(row(1))"]
    #expect(try open(lines, name: "emnist-balanced-train.csv").images[1][8] == 200)
    #expect(try open(lines, name: "other.csv").images[1][1] == 200)
    #expect(TableSet.isTransposed("mnist_background_random_train.amat"))
    #expect(!TableSet.isTransposed("mnist_all_rotation_normalized_float_test.amat"))
    #expect(!TableSet.isTransposed("mnist_background.csv"))
  }

  /// Letters from 1 to 26 are labels from 0.
  @Test func knownSetsHaveNames() throws {
    let letters = try open(
      ["1,\(row(9))", "3,\(row(8))", "2,\(row(255))"], name: "emnist-letters-train.csv.txt")
    #expect(letters.source.parts[0].labels == [0, 2, 1])
    #expect(letters.source.description.classNames == ["A", "B", "C"])
    let classes = TableClasses(of: [Array(0...8) + Array(10...24)], set: "sign_mnist_train.csv")
    #expect(classes.names.count == 25 && classes.names[24] == "Y" && classes.label(of: 24) == 24)
    let fashion = TableClasses(of: [Array(0...9)], set: "fashion-mnist_train.csv")
    #expect(fashion.names[9] == "Ankle boot")
    let plain = TableClasses(of: [[0, 1, 9, 5, 2, 7]], set: "mnist_train.csv")
    #expect(plain.names == (0...9).map { "\($0)" } && plain.label(of: 7) == 7)
    let sparse = TableClasses(of: [[900, 3, 900]], set: "x.csv")
    #expect(sparse.names == ["3", "900"] && sparse.label(of: 900) == 1)
  }

  @Test func aFolderOfTablesHasTheirSplits() throws {
    let folder = try TemporaryFolder(named: "digits")
    let names = "label," + (0..<64).map { "pixel\($0)" }.joined(separator: ",")
    try folder.write(Array("\(names)\n0,\(row(2))\n1,\(row(3))".utf8), to: "train.csv")
    try folder.write(Array("\(names.dropFirst(6))\n\(row(4))".utf8), to: "test.csv")
    let source = try DataSources.open(SourceRequest(path: folder.path))
    #expect(source.parts.map(\.kind) == [.training, .test] && source.parts.map(\.labels) == [[0, 1], []])
    #expect(source.description.name == "digits")
    try folder.write(Array("\(row(4))".utf8), to: "other_train.csv")
    let ambiguous = SourceFault.ambiguous(
      question: "which of several tables", candidates: ["other_train.csv", "test.csv", "train.csv"],
      answer: "name one by --data")
    #expect(throws: DatasetError.source(path: folder.path, ambiguous)) {
      try DataSources.open(SourceRequest(path: folder.path))
    }
    for (name, kind) in [
      ("zip.train", SourcePart.Kind.training), ("optdigits.tes", .test), ("mnist_valid.amat", .validation),
      ("contest.csv", .all),
    ] { #expect(TableSet.kind(of: name) == kind) }
  }

  @Test func tablesAreRecognized() {
    func isTable(_ text: String, _ name: String = "x") -> Bool {
      TableSource.isTable(Array(text.utf8), name: name)
    }
    #expect(isTable(row(1)) && isTable("# comment\n\(row(1))") && isTable("label,\(row(1))"))
    #expect(isTable("a,b\n1,2", "x.csv") && isTable("1 2", "x.amat") && isTable("1", "x.csv.gz"))
    let words = [String](repeating: "word", count: 40)
    #expect(!isTable(words.joined(separator: " ")) && isTable(words.joined(separator: ",")))
    #expect(!isTable("hello world") && !isTable("") && !isTable("\u{1}\(row(1))", "x.csv"))
  }

  @Test func compressedTablesAreTheSame() throws {
    let folder = try TemporaryFolder()
    let text = Array("0,\(row(255))\n1,\(row(7))\n".utf8)
    let path = try folder.write(gzip(text), to: "t.csv.gz")
    #expect(try DataSources.open(SourceRequest(path: path)).parts[0].labels == [0, 1])
    let bzip2 = try folder.write(Array("BZh91AY".utf8), to: "usps.bz2")
    #expect(throws: DatasetError.source(path: bzip2, .foreign(.bzip2))) {
      try DataSources.open(SourceRequest(path: bzip2))
    }
    let libsvm = try folder.write(
      Array((["7"] + (1...64).map { "\($0):1" }).joined(separator: " ").utf8), to: "usps")
    #expect(throws: DatasetError.table(path: libsvm, .libsvm)) {
      try DataSources.open(SourceRequest(path: libsvm))
    }
  }

  @Test func theOptionSettlesWhichEndHasLabels() throws {
    let both = (0..<2).map { index in
      "\(index)," + (0..<64).map { "\($0 == 63 ? 1 - index : 9)" }.joined(separator: ",")
    }
    guard case .tableLayout(_, .labelsAtEitherEnd(columns: 65)) = fault(both) else {
      Issue.record("two columns could be labels")
      return
    }
    #expect(try open(both, keys: ["labels": "first"]).source.parts[0].labels == [0, 1])
    #expect(try open(both, keys: ["labels": "last"]).source.parts[0].labels == [1, 0])
    guard case .source(_, .unknownUse("pixels")) = fault(both, keys: ["pixels": "x"]) else {
      Issue.record("an unknown use")
      return
    }
  }

  private func fault(_ lines: [String], keys: [String: String] = [:]) -> DatasetError? {
    do {
      _ = try open(lines, keys: keys)
      return nil
    } catch { return error as? DatasetError }
  }
}
