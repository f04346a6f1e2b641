import Testing

@testable import Datasets

@Suite struct TableLayoutTests {
  private func layout(
    _ rows: [[Float]], names: [String]? = nil, key: String? = nil
  ) throws(TableLayoutFault) -> TableLayout {
    let named = try names.map { names throws(TableLayoutFault) in
      try TableLayout.labelColumn(in: names, key: key)
    }
    var statistics = TableStatistics(columnCount: rows[0].count, frontCount: named == 1 ? 2 : 1)
    for row in rows { statistics.add(row) }
    return try TableLayout(statistics, names: names, key: key)
  }

  private func fault(_ rows: [[Float]], names: [String]? = nil, key: String? = nil) -> TableLayoutFault? {
    do {
      _ = try layout(rows, names: names, key: key)
      return nil
    } catch { return error }
  }

  /// Rows of 64 pixels, of which those at the corners are as given.
  private func pixels(_ first: Float = 0, _ last: Float = 0, count: Int = 64) -> [Float] {
    [first] + [Float](repeating: 9, count: count - 2) + [last]
  }

  private func names(_ count: Int, label: String, at place: Int) -> [String] {
    var names = (0..<count).map { "pixel\($0)" }
    names.insert(label, at: place)
    return names
  }

  @Test func namesTellTheLabels() throws {
    let rows = [pixels(count: 65), pixels(count: 65)]
    for label in ["label", "Label", "class", "target", "y"] {
      #expect(try layout(rows, names: names(64, label: label, at: 0)).labels == .column(0))
      let last = try layout(rows, names: names(64, label: label, at: 64))
      #expect(last.labels == .column(64) && last.pixels == 0..<64 && last.side == 8 && last.channels == 1)
    }
    #expect(try layout([pixels()], names: (0..<64).map { "\($0)" }).labels == .none)
    #expect(fault(rows, names: names(64, label: "label", at: 30)) == .labelsBetweenPixels("label"))
  }

  @Test func rowNumbersAreLeftOut() throws {
    let rows = [[0, 5] + pixels(), [1, 6] + pixels()]
    for name in ["", "id", "Unnamed: 0"] {
      let layout = try layout(rows, names: [name] + names(64, label: "label", at: 0))
      #expect(layout.labels == .column(1) && layout.pixels == 2..<66)
    }
  }

  @Test func numbersTellTheLabels() throws {
    let first = [[5] + pixels(0, 0), [0] + pixels(0, 0), [4] + pixels(0, 3), [3] + pixels(0, 200)]
    #expect(try layout(first).labels == .column(0) && layout(first).pixels == 1..<65)
    let last = first.map { Array($0[1...]) + [$0[0]] }
    #expect(try layout(last).labels == .column(64) && layout(last).pixels == 0..<64)
    // A constant number is whole, where the other end is not.
    let fractions = [[6] + pixels(-1, 0.5), [6] + pixels(-1, 0.25)]
    #expect(try layout(fractions).labels == .column(0))
  }

  @Test func whereBothEndsCouldBeLabelsTheOptionIsNamed() throws {
    let both = [[0] + pixels(0, 1), [1] + pixels(0, 0)]
    #expect(fault(both) == .labelsAtEitherEnd(columns: 65))
    #expect("\(TableLayoutFault.labelsAtEitherEnd(columns: 65))".contains("--key labels=first"))
    #expect(try layout(both, key: "first").labels == .column(0))
    #expect(try layout(both, key: "last").labels == .column(64))
    #expect(fault(both, key: "none") == .noImages(columns: 65))
    // One class, and a corner that is always black.
    #expect(fault([[7] + pixels(), [7] + pixels()]) == .labelsAtEitherEnd(columns: 65))
    #expect(fault([pixels(0.5, 0.5, count: 65)]) == .labelsAtNoEnd)
  }

  @Test func aColumnIsNamedByTheUser() throws {
    let names = names(64, label: "kind", at: 64)
    #expect(try layout([pixels(count: 65)], names: names, key: "kind").labels == .column(64))
    #expect(fault([pixels(count: 65)], names: names, key: "other") == .noColumn("other"))
  }

  @Test func oneHotLabelsAreFound() throws {
    func row(_ label: Int) -> [Float] {
      pixels(1, 0, count: 256) + (0..<10).map { $0 == label ? 1 : 0 }
    }
    let layout = try layout([row(0), row(9), row(3)])
    #expect(layout.labels == .oneHot(256..<266) && layout.side == 16)
    var wrong = row(4)
    wrong[260] = 0
    #expect(fault([row(0), wrong]) == .noImages(columns: 266))
  }

  @Test func otherCountsAreNoImages() {
    for count in [1, 2, 5, 50, 63, 786] {
      #expect(fault([[Float](repeating: 2, count: count)]) == .noImages(columns: count))
    }
  }

  @Test func threeValuesAPixelAreColours() throws {
    let layout = try layout([[3] + pixels(0.5, 0.5, count: 192), [4] + pixels(0.5, 0.5, count: 192)])
    #expect(layout.side == 8 && layout.channels == 3 && layout.pixels == 1..<193)
  }
}
