import Foundation
import TestSupport
import Testing

/// Ratios by zero in reports: "undefined" in tables, null in JSON.
@Suite struct UndefinedRatioTests {
  /// Training and test images that are all equal.
  enum Images: String, CaseIterable {
    case oneGrey, oneBar, black, white, equalBars
  }

  private func folder(_ images: Images) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let count = images == .oneGrey || images == .oneBar ? 1 : 20
    func pixel(_ place: Int) -> UInt8 {
      switch images {
      case .oneGrey: 200
      case .black: 0
      case .white: 255
      case .oneBar, .equalBars: (8..<20).contains(place / 28) && (11..<15).contains(place % 28) ? 230 : 0
      }
    }
    for split in ["train", "t10k"] {
      try folder.write(
        [0, 0, 8, 3, 0, 0, 0, UInt8(count), 0, 0, 0, 28, 0, 0, 0, 28]
          + (0..<count * 784).map { pixel($0 % 784) }, to: "\(split)-images-idx3-ubyte")
      try folder.write(
        [0, 0, 8, 1, 0, 0, 0, UInt8(count)] + (0..<count).map { UInt8($0 % 10) },
        to: "\(split)-labels-idx1-ubyte")
    }
    return folder
  }

  /// The value on the table's lines that begin with these words.
  private func value(_ words: String, in table: String) -> String? {
    table.split(separator: "\n").first { $0.contains("  \(words)") }
      .flatMap { $0.split(separator: "  ", omittingEmptySubsequences: true).last.map(String.init) }?
      .trimmingCharacters(in: .whitespaces)
  }

  /// Figures that are undefined for equal images.
  private static let amongImages: [(key: String, words: String)] = [
    ("invariance", "variance over transforms ÷ over images"),
    ("cycle_latents", "cycle: latents of a decoded image"),
  ]
  private static let sharpness: [(key: String, words: String)] = [("upright_sharpness", "upright: sharpness")]
  private static let decodedSharpness: [(key: String, words: String)] = [("sharpness", "decoded: sharpness")]
  private static let angles: [(key: String, words: String)] = [
    ("circular_correlation", "circular correlation (Fisher and Lee)"),
    ("leakage_r2", "leakage: R² of the angle from the latents"),
  ]

  private static func undefined(_ images: Images) -> [(key: String, words: String)] {
    switch images {
    case .oneGrey, .white: amongImages + sharpness
    case .oneBar, .equalBars: amongImages
    case .black: amongImages + sharpness + decodedSharpness + angles
    }
  }

  @Test(arguments: Images.allCases)
  func ratiosByZeroAreUndefined(images: Images) throws {
    let folder = try folder(images)
    for model in ["mnist", "digits-article"] {
      let arguments = ["evaluate", "--quiet", "--model", model, "--data", folder.path]
      let table = try Program.run(arguments)
      #expect(table.status == 0, "\(table.errors)")
      let outcome = try Program.run(arguments + ["--json"])
      #expect(outcome.status == 0)
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
      for (key, words) in Self.undefined(images) {
        #expect(object[key] is NSNull, "\(model), \(key): \(object[key] ?? "missing")")
        #expect(value(words, in: table.output) == "undefined", "\(model), \(words): \(table.output)")
      }
      expectSound(table.output, object, note: "\(model), \(images)")
    }
  }

  /// A shift can move a whole picture out of the image, and a shift by zero is also a ratio by zero.
  @Test func modelsOfOtherCoordinatesHaveSoundFigures() throws {
    for images in Images.allCases {
      let folder = try folder(images)
      let arguments = ["evaluate", "--quiet", "--model", "four-coordinates", "--data", folder.path]
      let table = try Program.run(arguments)
      let outcome = try Program.run(arguments + ["--json"])
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
      expectSound(table.output, object, note: "\(images)")
    }
  }

  /// No figure is as large as a ratio by almost zero, and none is NaN.
  private func expectSound(_ table: String, _ object: [String: Any], note: String) {
    #expect(!table.contains("nan") && !table.contains(" inf") && !table.contains("-inf"), "\(note): \(table)")
    for (key, value) in object {
      if let number = value as? Double { #expect(abs(number) < 1e4, "\(note), \(key): \(number)") }
    }
    #expect(table.matches(of: /[0-9]{5,}/).isEmpty, "\(note): \(table)")
  }

  /// Images that differ have defined figures.
  @Test func ratiosOfImagesThatDifferAreNumbers() throws {
    let data = try SmallDataset()
    let outcome = try Program.run(["evaluate", "--quiet", "--model", "mnist", "--data", data.path])
    #expect(outcome.status == 0)
    for (_, words) in Self.amongImages + Self.sharpness + Self.decodedSharpness + Self.angles {
      #expect(value(words, in: outcome.output).flatMap(Double.init) != nil, "\(words): \(outcome.output)")
    }
  }
}
