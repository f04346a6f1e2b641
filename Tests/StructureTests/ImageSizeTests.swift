import Foundation
import Testing

/// The size of MNIST's images stands where it is meant, and nowhere else: all other code follows a shape.
@Suite struct ImageSizeTests {
  /// The files that may contain 28 or 784 as a number, each for its own reason.
  private static let allowed = [
    // MNIST's images, and the framing of its digits.
    "Support/Primitives/ImageShape.swift", "Learning/Datasets/Drawings/Drawing+Framing.swift",
    // Positions in ZIP archives, key codes of terminals, Korean syllables, shifts of SHA-256, letters.
    "Support/Formats/ZIP/ZIPArchive.swift", "Support/Formats/ZIP/ZIPDirectory.swift",
    "Terminal/NcursesTerminal/OwnDescription.swift", "Terminal/Screen/Glyph.swift",
    "Learning/Downloads/SHA256.swift", "Output/Figures/BitmapFont.swift",
    // Columns of text.
    "Program/latent-explorer/Commands/Report/ModelReport.swift",
  ]

  /// The files of `tree` with such a number in their code or texts.
  private static func files(in tree: SourceTree) -> [String] {
    tree.files.filter { file in file.isSwift && file.lines.contains(where: hasSize) }.map(\.path)
  }

  /// Tells whether a line has 28 or 784 as a number of its own before a comment.
  private static func hasSize(_ line: String) -> Bool {
    let code = line.components(separatedBy: "//")[0].replacing("..", with: " ").replacing(" .", with: " ")
    return code.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "." }
      .contains { ["28", "784", "28.0"].contains($0) }
  }

  @Test func onlyListedFilesHaveTheSizeOfMNIST() throws {
    let found = Self.files(in: try SourceTree(folder: SourceTree.packageSources))
    #expect(found.filter { !Self.allowed.contains($0) } == [])
    #expect(Self.allowed.filter { !found.contains($0) } == [])
  }

  @Test func sizesAreFoundInCodeAndTexts() {
    for line in [
      "let width = 28", "x[28 * 28]", "[UInt8](repeating: 0, count: 784)", "\"(count, 28, 28)\"", "28×28",
      "28...30",
      "28.0",
    ] {
      #expect(Self.files(in: SourceTree(["A/A.swift": line])) == ["A/A.swift"], "\(line)")
    }
    for line in ["let x = 128", "0x28", "// 28 × 28", "edd784a", "1.28", "z28", "1_784"] {
      #expect(Self.files(in: SourceTree(["A/A.swift": line])) == [], "\(line)")
    }
  }
}
