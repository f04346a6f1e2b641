/// The allowed imports of modules, and operations restricted to some of them.
///
/// Data flow one way: nothing that computes knows that a screen exists.
enum ImportRules {
  /// The allowed imports of each module; the C library is `Glibc` or `Darwin`.
  static let allowed: [String: Set<String>] = [
    "Primitives": cLibrary,
    "CKernels": [],
    "KernelTypes": [],
    "KernelsBaseline": ["CKernels", "KernelTypes"],
    "KernelsAVX2": ["CKernels", "KernelTypes"],
    "KernelsAVX512": ["CKernels", "KernelTypes"],
    "Kernels": cLibrary.union([
      "CKernels", "Dispatch", "KernelTypes", "KernelsAVX2", "KernelsAVX512", "KernelsBaseline",
      "Synchronization",
    ]),
    "Coordinates": cLibrary,
    "CZlib": [],
    "Datasets": cLibrary.union(["CZlib", "Coordinates", "Kernels", "Primitives"]),
    "CCurl": [],
    "Downloads": cLibrary.union(["CCurl", "Primitives"]),
    "Networks": cLibrary.union(["Coordinates", "Kernels", "Primitives"]),
    "Training": cLibrary.union(["Coordinates", "Datasets", "Dispatch", "Kernels", "Networks", "Primitives"]),
    "Checkpoints": cLibrary.union([
      "Coordinates", "Datasets", "Dispatch", "Foundation", "Networks", "Primitives", "Training",
    ]),
    "Screen": cLibrary,
    "Explorer": ["Coordinates", "Datasets", "Kernels", "Networks", "Primitives", "Screen", "Training"],
    "Figures": cLibrary.union([
      "CZlib", "Coordinates", "Datasets", "Kernels", "Networks", "Primitives", "Screen", "Training",
    ]),
    "Exchange": cLibrary.union([
      "CZlib", "Coordinates", "Datasets", "Kernels", "Networks", "Primitives", "Training",
    ]),
    "CCurses": [],
    "NcursesTerminal": cLibrary.union(["CCurses", "Screen"]),
    "CPseudoTerminal": [],
    "PseudoTerminals": cLibrary.union(["CPseudoTerminal"]),
    "Benchmarks": cLibrary.union([
      "CZlib", "Coordinates", "Datasets", "Dispatch", "Explorer", "Foundation", "Kernels", "NcursesTerminal",
      "Networks", "Primitives", "PseudoTerminals", "Screen", "Training",
    ]),
    "Assets": ["BundledModels"],
    "latent-explorer": [
      "ArgumentParser", "Assets", "Benchmarks", "Checkpoints", "Coordinates", "Datasets", "Dispatch",
      "Downloads", "Exchange", "Explorer", "Figures",
      "Foundation", "Kernels", "NcursesTerminal", "Networks", "Primitives", "Screen",
      // A signal's handler may take no lock.
      "Synchronization",
      "Training",
    ],
  ]

  /// The module that writes to standard output and ends the process.
  static let program = "latent-explorer"

  static let longestFile = 400

  private static let cLibrary: Set = ["Darwin", "Glibc"]
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
    guard let allowed = allowed[file.module] else {
      return ["\(file.path): the module \(file.module) is not in the table"]
    }
    return file.imports.filter { !allowed.contains($0) }.map {
      "\(file.path): \(file.module) may not import \($0)"
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
