/// The allowed imports of modules, and operations restricted to some of them.
///
/// Data flow one way: nothing that computes knows that a screen exists.
enum ImportRules {
  /// The module that writes to standard output and ends the process.
  static let program = "latent-explorer"

  static let longestFile = 300

  private static let programsCalls: Set = [
    "print", "debugPrint", "dump", "exit", "_exit", "quick_exit", "abort",
  ]

  private static let foundationsWords: Set = [
    "localizedDescription", "FileHandle", "createDirectory", "removeItem", "contentsOfFile",
  ]

  /// A sentence for every line of `tree` that breaks a rule.
  static func faults(in tree: SourceTree) -> [String] {
    tree.files.flatMap { file in
      importFaults(of: file) + includeFaults(of: file) + callFaults(of: file) + lengthFaults(of: file)
        + wordFaults(of: file)
    }
  }

  private static func importFaults(of file: SourceTree.File) -> [String] {
    guard let module = Module.named(file.module) else {
      return ["\(file.path): the folder of no module"]
    }
    return file.imports.filter { !module.imports.contains($0) }.map {
      "\(file.path): \(file.module) may not import \($0)"
    } + explorerFaults(of: file)
  }

  /// Figures, files and reports do not depend on how the explorer is set up.
  private static func explorerFaults(of file: SourceTree.File) -> [String] {
    guard file.module == program, !file.path.hasPrefix("Program/\(program)/Commands/Explore/") else {
      return []
    }
    return file.imports.filter { ["Explorer", "ExplorerApp"].contains($0) }.map {
      "\(file.path): only Commands/Explore may import \($0)"
    }
  }

  private static func includeFaults(of file: SourceTree.File) -> [String] {
    guard file.module != "CCurses" else { return [] }
    return file.includes.filter { $0.contains("curses") }.map {
      "\(file.path): only CCurses may include \($0)"
    }
  }

  private static func callFaults(of file: SourceTree.File) -> [String] {
    guard file.module != program else { return [] }
    return file.calls(of: programsCalls).map { "\(file.path): only \(program) may call \($0)" }
  }

  /// Foundation's calls that throw say what is wrong in words of their own, and write files in ways of their own.
  private static func wordFaults(of file: SourceTree.File) -> [String] {
    guard file.module != "Benchmarks" else { return [] }
    return file.uses(of: foundationsWords).map { "\(file.path): \($0) has the words of a library" }
  }

  private static func lengthFaults(of file: SourceTree.File) -> [String] {
    guard file.lines.count > longestFile else { return [] }
    return ["\(file.path): \(file.lines.count) lines are more than \(longestFile)"]
  }
}
