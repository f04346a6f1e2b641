import Testing

/// The comments and identifiers of the sources.
@Suite struct VocabularyTests {
  @Test func theSourcesFollowTheRules() throws {
    let tree = try SourceTree(folder: SourceTree.packageSources)
    #expect(VocabularyRules.faults(in: tree) == [])
  }

  @Test(arguments: [
    ("/// What it is.\nlet kind = 1", "Terminal/Screen/File.swift:1: a summary begins with What"),
    (
      "let size = 1\n  /// Whether it is full.", "Terminal/Screen/File.swift:2: a summary begins with Whether"
    ),
    ("/// That.", "begins with That"),
    ("struct Reading {}", "Reading was replaced by LatentPoint"),
    ("let path = Way(from: start)", "Way was replaced by LatentPath"),
    ("  mutating func take(_ byte: UInt8) {", "take should say"),
    ("private func takeNews() {}", "takeNews should say"),
    ("let a = \"\"\"\n  share\n  \"\"\"\nlet b = share", "share was replaced by fraction"),
    ("let a = \"\"\"\n  text\n  \"\"\" + share", "share was replaced by fraction"),
  ]) func aViolationIsFound(text: String, fault: String) {
    let faults = VocabularyRules.faults(in: SourceTree(["Terminal/Screen/File.swift": text]))
    #expect(faults.count == 1)
    #expect(faults.first?.contains(fault) == true)
  }

  @Test func otherTextIsAllowed() {
    let tree = SourceTree([
      "Terminal/Screen/File.swift": """
      /// A picture.
      ///
      /// What is outside is clipped.
      let text = "share of Film" // Way
      // What follows is code.
      func takesTime() { LatentPath.Wayside.share2() }
      case fraction = "share"
      /// Whatever the terminal.
      """,
      "Kernels/Kernels/CKernels/file.c": "/// What it is.\nint Way;",
      "Terminal/Screen/Block.swift": "let a = \"\"\"\n  ~/share\n  \"\"\"\nlet b = \"\"\"\n  Way\n  \"\"\"",
    ])
    #expect(VocabularyRules.faults(in: tree) == [])
  }
}
