import TestSupport
import Testing

/// The imports that each module may have.
@Suite struct ImportTests {
  @Test func theSourcesFollowTheRules() throws {
    let tree = try SourceTree(folder: SourceTree.packageSources)
    #expect(ImportRules.faults(in: tree) == [])
  }

  @Test func testFilesAreAtMostFourHundredLinesLong() throws {
    let tree = try SourceTree(folder: Document.package.appendingPathComponent("Tests").path)
    #expect(tree.files.count > 200)
    #expect(tree.files.filter { $0.lines.count > 400 }.map(\.path) == [])
  }

  /// The one place that knows errors of libraries gives them sentences of the program's own.
  @Test func messagesOfFoundationAreNotShown() throws {
    let tree = try SourceTree(folder: SourceTree.packageSources)
    #expect(ImportRules.faults(in: tree).filter { $0.contains("the words of a library") } == [])
    let text = "let text = error.localizedDescription"
    #expect(ImportRules.faults(in: SourceTree(["Program/latent-explorer/A.swift": text])).count == 1)
  }

  /// The table has no module that was removed.
  @Test func theTableHasExactlyTheModules() throws {
    let tree = try SourceTree(folder: SourceTree.packageSources)
    #expect(Set(tree.files.map(\.module)) == Set(Module.all.map(\.name)))
    let imported = Set(tree.files.flatMap(\.imports))
    for module in ["Screen", "CCurses", "KernelsAVX512", "FoundationEssentials", "ArgumentParser"] {
      #expect(imported.contains(module))
    }
  }

  @Test(arguments: [
    ("Learning/Training/Step.swift", "import Screen", "Training may not import Screen"),
    (
      "Learning/Training/Step.swift", "#if os(Linux)\n  import Foundation\n#endif",
      "may not import Foundation"
    ),
    ("Terminal/Screen/Cell.swift", "@testable public import struct Training.Step", "may not import Training"),
    ("Terminal/Screen/Cell.swift", "@preconcurrency import Explorer // why", "may not import Explorer"),
    ("Explorer/Core/State.swift", "import Networks; import NcursesTerminal\nimport CCurses", "CCurses"),
    ("Kernels/Kernels/Product.swift", "internal import Networks", "may not import Networks"),
    (
      "Program/latent-explorer/Commands/Render/Figure.swift", "import ExplorerApp",
      "only Commands/Explore may import ExplorerApp"
    ),
    ("Extra/File.swift", "", "the folder of no module"),
    ("Kernels/Kernels/CKernels/CKernels.c", "#include <ncurses.h>", "only CCurses may include"),
    ("Learning/Networks/Layer.swift", "  if isOdd { print(\"odd\") }", "only latent-explorer may call print"),
    ("Learning/Networks/Layer.swift", "Foundation.exit(1)", "only latent-explorer may call exit"),
    ("Learning/Datasets/IDX.swift", String(repeating: "\n", count: 301), "301 lines are more than 300"),
  ]) func aBrokenRuleIsFound(path: String, text: String, fault: String) {
    let faults = ImportRules.faults(in: SourceTree([path: text]))
    #expect(faults.count == 1)
    #expect(faults.first?.contains(fault) == true)
    #expect(faults.first?.hasPrefix(path) == true)
  }

  @Test func allowedCodeHasNoFault() {
    let tree = SourceTree([
      "Learning/Networks/Layer.swift": "import Coordinates\nimport Kernels",
      "Terminal/Screen/Text.swift":
        "// import Training; print(text)\nlet title = \"print(this)\"\nfunc print(_ text: String)",
      "Terminal/Screen/Long.swift": String(repeating: "\n", count: 300),
      "Program/latent-explorer/Run.swift": "import Essentials\nprint(1)\nexit(1)",
      "Program/latent-explorer/Commands/Explore/Explore.swift": "import Explorer\nimport ExplorerApp",
      "Terminal/CCurses/screen.c": "#include <curses.h>",
    ])
    #expect(ImportRules.faults(in: tree) == [])
  }
}
