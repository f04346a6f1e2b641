/// A module of the package: its folder, and the modules that it may import.
struct Module {
  let name: String
  /// The folder below `Sources`.
  let folder: String
  let imports: Set<String>

  /// A module in the folder of its name below `floor`, which is empty for `Sources` itself.
  private init(_ name: String, in floor: String, imports: Set<String>) {
    self.name = name
    self.folder = floor.isEmpty ? name : "\(floor)/\(name)"
    self.imports = imports
  }

  /// The C library.
  private static let cLibrary: Set = ["Darwin", "Glibc"]

  /// All modules, from the bottom up.
  static let all = [
    Module("Primitives", in: "Support", imports: cLibrary),
    Module("Essentials", in: "Support", imports: cLibrary.union(["Foundation", "FoundationEssentials"])),
    Module("CKernels", in: "Kernels", imports: []),
    Module("KernelInterface", in: "Kernels", imports: []),
    Module("KernelsBaseline", in: "Kernels", imports: ["CKernels", "KernelInterface"]),
    Module("KernelsAVX2", in: "Kernels", imports: ["CKernels", "KernelInterface"]),
    Module("KernelsAVX512", in: "Kernels", imports: ["CKernels", "KernelInterface"]),
    Module("KernelsNEON", in: "Kernels", imports: ["CKernels", "KernelInterface"]),
    Module(
      "Kernels", in: "Kernels",
      imports: cLibrary.union([
        "CKernels", "Dispatch", "KernelInterface", "KernelsAVX2", "KernelsAVX512", "KernelsBaseline",
        "KernelsNEON", "Synchronization",
      ])),
    Module("Coordinates", in: "Learning", imports: cLibrary),
    Module("CZlib", in: "Support", imports: []),
    Module("Formats", in: "Support", imports: cLibrary.union(["CZlib", "Primitives"])),
    Module(
      "Datasets", in: "Learning",
      imports: cLibrary.union(["Coordinates", "Formats", "Kernels", "Primitives"])),
    Module("CCurl", in: "Support", imports: []),
    Module("Downloads", in: "Learning", imports: cLibrary.union(["CCurl", "Primitives"])),
    Module("Networks", in: "Learning", imports: cLibrary.union(["Coordinates", "Kernels", "Primitives"])),
    Module(
      "Training", in: "Learning",
      imports: cLibrary.union(["Coordinates", "Datasets", "Dispatch", "Kernels", "Networks", "Primitives"])),
    Module(
      "Evaluation", in: "Learning",
      imports: cLibrary.union(["Coordinates", "Datasets", "Kernels", "Networks", "Primitives", "Training"])),
    Module(
      "Checkpoints", in: "Learning",
      imports: cLibrary.union([
        "Coordinates", "Datasets", "Dispatch", "Essentials", "Networks", "Primitives", "Training",
      ])),
    Module("Screen", in: "Terminal", imports: cLibrary),
    Module(
      "Explorer", in: "",
      imports: [
        "Coordinates", "Datasets", "Evaluation", "Kernels", "Networks", "Primitives", "Screen", "Training",
      ]),
    Module(
      "Figures", in: "Output",
      imports: cLibrary.union([
        "Coordinates", "Datasets", "Evaluation", "Formats", "Kernels", "Networks", "Primitives", "Screen",
        "Training",
      ])),
    Module(
      "LatentTables", in: "Output",
      imports: cLibrary.union([
        "Coordinates", "Datasets", "Formats", "Kernels", "Networks", "Primitives", "Training",
      ])),
    Module("CCurses", in: "Terminal", imports: []),
    Module("NcursesTerminal", in: "Terminal", imports: cLibrary.union(["CCurses", "Screen"])),
    Module(
      "Benchmarks", in: "Program",
      imports: cLibrary.union([
        "Coordinates", "Datasets", "Dispatch", "Essentials", "Explorer", "Kernels", "NcursesTerminal",
        "Networks", "Primitives", "Screen", "Training",
      ])),
    Module("BundledModels", in: "Program", imports: ["CBundledModels"]),
    Module(
      "Libraries", in: "Program",
      imports: [
        "BundledModels", "Checkpoints", "Datasets", "Dispatch", "Downloads", "Essentials", "Networks",
        "Primitives", "Training",
      ]),
    Module(
      "ExplorerApp", in: "Program",
      imports: [
        "Coordinates", "Datasets", "Dispatch", "Downloads", "Essentials", "Evaluation", "Explorer", "Figures",
        "Formats",

        "Libraries",
        "Networks", "Primitives", "Screen", "Training",
      ]),
    Module(
      "latent-explorer", in: "Program",
      imports: [
        "ArgumentParser", "Benchmarks", "BundledModels", "Checkpoints", "Coordinates", "Datasets", "Dispatch",
        "Downloads", "Essentials", "Evaluation", "Explorer", "ExplorerApp", "Figures", "Formats", "Kernels",
        "LatentTables",
        "Libraries",
        "NcursesTerminal", "Networks", "Primitives", "Screen",
        // A signal's handler may take no lock.
        "Synchronization",
        "Training",
      ]),
  ]

  /// The module named `name`.
  static func named(_ name: String) -> Module? { all.first { $0.name == name } }

  /// The module whose folder contains the file at `path` below `Sources`.
  static func containing(_ path: String) -> Module? { all.first { path.hasPrefix($0.folder + "/") } }

  /// The kernel variants: the folders beside `Kernels` that are built from one source.
  static let kernelVariants = all.map(\.name).filter {
    $0.hasPrefix("Kernels") && $0 != "Kernels"
  }
}
