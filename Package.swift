// swift-tools-version: 6.2
import PackageDescription

/// Modules whose code runs for every cell, pixel or number are optimised in debug builds too, as well as tests that
/// compute much: without it the tests take several times as long. `UNOPTIMIZED=1 swift build` builds them for a
/// debugger.
///
/// SwiftPM refuses unsafe flags of packages that others depend on by version, but for those of tools 6.2 and
/// later: the version in the first line must not go below that.
let kernelSettings: [SwiftSetting] =
  Context.environment["UNOPTIMIZED"] == nil ? [.unsafeFlags(["-O"])] : []

/// Kernels are optimised as whole modules: their innermost functions are in files of their own, and without inlining
/// across files a product takes four times as long. The compiler then remarks that it does not compile these
/// modules incrementally.
let kernelFlags = ["-O", "-wmo", "-num-threads", "2", "-disable-batch-mode"]

/// The same kernel source is built once for each instruction set; the fastest is chosen at the start.
func kernelVariant(_ name: String, features: [String] = []) -> Target {
  .target(
    name: name, dependencies: ["CKernels", "KernelInterface"], path: "Sources/Kernels/\(name)",
    swiftSettings: [.unsafeFlags(kernelFlags + features.flatMap { ["-Xcc", $0] })])
}

#if arch(x86_64)
  let kernelVariants = [
    kernelVariant("KernelsBaseline"),
    kernelVariant("KernelsAVX2", features: ["-march=x86-64-v3"]),
    kernelVariant("KernelsAVX512", features: ["-march=x86-64-v4"]),
  ]
#elseif arch(arm64)
  let kernelVariants = [kernelVariant("KernelsBaseline"), kernelVariant("KernelsNEON")]
#else
  let kernelVariants = [kernelVariant("KernelsBaseline")]
#endif

let modules: [Target] = [
  .target(name: "Primitives", path: "Sources/Support/Primitives", swiftSettings: kernelSettings),
  .target(name: "Essentials", path: "Sources/Support/Essentials", swiftSettings: kernelSettings),
  .target(name: "Coordinates", path: "Sources/Learning/Coordinates", swiftSettings: kernelSettings),
  .target(name: "CKernels", path: "Sources/Kernels/CKernels"),
  .target(
    name: "KernelInterface", path: "Sources/Kernels/KernelInterface",
    swiftSettings: [.unsafeFlags(kernelFlags)]),
  .target(
    name: "Kernels",
    dependencies: ["CKernels", "KernelInterface"]
      + kernelVariants.map { .target(name: $0.name) },
    path: "Sources/Kernels/Kernels", swiftSettings: [.unsafeFlags(kernelFlags)]),
  .systemLibrary(name: "CZlib", path: "Sources/Support/CZlib", providers: [.apt(["zlib1g-dev"])]),
  // Every byte of every file goes through the formats, in debug builds too.
  .target(
    name: "Formats", dependencies: ["CZlib", "Primitives"], path: "Sources/Support/Formats",
    swiftSettings: kernelSettings),
  .target(
    name: "Datasets", dependencies: ["Coordinates", "Formats", "Kernels", "Primitives"],
    path: "Sources/Learning/Datasets", swiftSettings: kernelSettings),
  .target(name: "CCurl", path: "Sources/Support/CCurl"),
  // Tens of megabytes are hashed, in debug builds too.
  .target(
    name: "Downloads", dependencies: ["CCurl", "Primitives"], path: "Sources/Learning/Downloads",
    swiftSettings: kernelSettings),
  .target(
    name: "Networks", dependencies: ["Coordinates", "Kernels", "Primitives"],
    path: "Sources/Learning/Networks", swiftSettings: kernelSettings),
  .target(
    name: "Training", dependencies: ["Coordinates", "Datasets", "Kernels", "Networks", "Primitives"],
    path: "Sources/Learning/Training", swiftSettings: kernelSettings),
  .target(
    name: "Evaluation",
    dependencies: ["Coordinates", "Datasets", "Kernels", "Networks", "Primitives", "Training"],
    path: "Sources/Learning/Evaluation", swiftSettings: kernelSettings),
  .target(
    name: "Checkpoints",
    dependencies: ["Coordinates", "Datasets", "Essentials", "Networks", "Primitives", "Training"],
    path: "Sources/Learning/Checkpoints", swiftSettings: kernelSettings),
  .target(name: "Screen", path: "Sources/Terminal/Screen", swiftSettings: kernelSettings),
  .target(
    name: "Explorer",
    dependencies: [
      "Coordinates", "Datasets", "Evaluation", "Kernels", "Networks", "Primitives", "Screen", "Training",
    ], swiftSettings: kernelSettings),
  // Every pixel of every frame goes through the encoders, in debug builds too.
  .target(
    name: "Figures",
    dependencies: [
      "Coordinates", "Datasets", "Evaluation", "Formats", "Kernels", "Networks", "Primitives", "Screen",
      "Training",
    ], path: "Sources/Output/Figures", swiftSettings: kernelSettings),
  // Every number of every file goes through the readers, in debug builds too.
  .target(
    name: "LatentTables",
    dependencies: ["Coordinates", "Datasets", "Formats", "Kernels", "Networks", "Primitives", "Training"],
    path: "Sources/Output/LatentTables",
    swiftSettings: kernelSettings),
  .target(
    name: "CCurses", path: "Sources/Terminal/CCurses",
    cSettings: [.define("NCURSES_WIDECHAR", to: "1"), .define("_XOPEN_SOURCE_EXTENDED", to: "1")],
    linkerSettings: [
      .linkedLibrary("ncursesw", .when(platforms: [.linux])),
      .linkedLibrary("ncurses", .when(platforms: [.macOS])),
    ]),
  .target(
    name: "NcursesTerminal", dependencies: ["CCurses", "Screen"], path: "Sources/Terminal/NcursesTerminal"),
  .target(
    name: "Benchmarks",
    dependencies: [
      "Coordinates", "Datasets", "Essentials", "Explorer", "Kernels", "NcursesTerminal", "Networks",
      "Primitives", "Screen",
      "Training",
    ], path: "Sources/Program/Benchmarks"),
  .target(name: "CBundledModels", path: "assets", exclude: ["README.md", "models", "pictures"]),
  .target(name: "BundledModels", dependencies: ["CBundledModels"], path: "Sources/Program/BundledModels"),
  .target(
    name: "Libraries",
    dependencies: [
      "BundledModels", "Checkpoints", "Datasets", "Downloads", "Essentials", "Networks", "Primitives",
      "Training",
    ], path: "Sources/Program/Libraries"),
  .target(
    name: "ExplorerApp",
    dependencies: [
      "Coordinates", "Datasets", "Downloads", "Essentials", "Evaluation", "Explorer", "Figures", "Formats",
      "Libraries",
      "Networks",
      "Primitives",
      "Screen", "Training",
    ], path: "Sources/Program/ExplorerApp"),
  .executableTarget(
    name: "latent-explorer",
    dependencies: [
      "Benchmarks", "BundledModels", "Checkpoints", "Coordinates", "Datasets", "Downloads", "Essentials",
      "Evaluation",
      "Explorer",
      "ExplorerApp", "Figures", "Formats", "Kernels", "LatentTables", "Libraries", "NcursesTerminal",
      "Networks",
      "Primitives", "Screen", "Training",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ], path: "Sources/Program/latent-explorer"),
]

let tests: [Target] = [
  .target(name: "TestSupport", dependencies: ["CZlib", "Primitives"], path: "Tests/TestSupport"),
  .target(name: "CPseudoTerminal", path: "Tests/Development/CPseudoTerminal"),
  .target(
    name: "PseudoTerminals", dependencies: ["CPseudoTerminal"], path: "Tests/Development/PseudoTerminals"),
  .executableTarget(
    name: "SessionBenchmark", dependencies: ["CZlib", "Datasets", "PseudoTerminals", "latent-explorer"],
    path: "Tests/Development/SessionBenchmark"),
  .executableTarget(
    name: "SpriteArchive", dependencies: ["CZlib", "Datasets", "Primitives"],
    path: "Tests/Development/SpriteArchive"),
  .testTarget(
    name: "DevelopmentTests",
    dependencies: [
      "Datasets", "PseudoTerminals", "SessionBenchmark", "SpriteArchive", "TestSupport", "latent-explorer",
    ]),
  .testTarget(name: "BenchmarksTests", dependencies: ["Benchmarks"]),
  .testTarget(
    name: "CheckpointsTests",
    dependencies: [
      "Checkpoints", "Coordinates", "Datasets", "Networks", "Primitives", "TestSupport", "Training",
    ]),
  .testTarget(name: "DatasetsTests", dependencies: ["Datasets", "Formats", "Primitives", "TestSupport"]),
  .testTarget(
    name: "FormatsTests", dependencies: ["CZlib", "Formats", "Primitives", "TestSupport"],
    swiftSettings: kernelSettings),
  .executableTarget(name: "FetchDemo", dependencies: ["Downloads"], path: "Tests/FetchDemo"),
  .testTarget(
    name: "DownloadsTests", dependencies: ["Datasets", "Downloads", "FetchDemo", "Primitives", "TestSupport"]),
  .executableTarget(
    name: "TerminalDemo", dependencies: ["Kernels", "NcursesTerminal", "Screen"], path: "Tests/TerminalDemo"),
  .testTarget(
    name: "NcursesTerminalTests",
    dependencies: ["CCurses", "NcursesTerminal", "PseudoTerminals", "Screen", "TerminalDemo", "TestSupport"]),
  .testTarget(name: "ScreenTests", dependencies: ["Screen"]),
  .target(
    name: "Goldens", dependencies: ["Datasets", "Primitives"], path: "Tests/Reference",
    exclude: [
      "README.md", "article_in_jax.py", "check_exchange.py", "check_figures.py", "compare_readers.py",
      "digits_against_mnist.py",
      "evaluate_model.py",
      "goldens.json",
      "make_goldens.py", "make_reader_corpus.py", "reader_differences.json", "reader_sets.py",
      "time_article.py", "train_article.py", "typed_autoencoder.py",
    ]),
  .target(
    name: "InputChecks",
    dependencies: [
      "CCurses", "CZlib", "Checkpoints", "Coordinates", "Datasets", "Formats", "LatentTables", "Explorer",
      "NcursesTerminal",
      "Networks", "Primitives", "Screen", "TestSupport", "Training",
    ], path: "Tests/InputChecks"),
  .executableTarget(name: "InputVerdicts", dependencies: ["InputChecks"], path: "Tests/InputVerdicts"),
  .testTarget(
    name: "InputChecksTests", dependencies: ["InputChecks", "TestSupport"],
    exclude: ["FuzzCorpus", "ReaderCorpus.json"]),
  .testTarget(
    name: "CommandTests",
    dependencies: [
      "Checkpoints", "LibraryExample", "Networks", "PseudoTerminals", "TestSupport", "Training",
      "latent-explorer",
    ], exclude: ["Compatibility"]),
  .testTarget(name: "EssentialsTests", dependencies: ["Essentials"]),
  .testTarget(name: "CoordinatesTests", dependencies: ["Coordinates"]),
  .testTarget(
    name: "ExplorerAppTests",
    dependencies: [
      "Coordinates", "Datasets", "Explorer", "ExplorerApp", "Libraries", "Networks", "Primitives", "Screen",
      "TestSupport", "Training",
    ]),
  .testTarget(
    name: "ExplorerTests",
    dependencies: [
      "Coordinates", "Datasets", "Evaluation", "Explorer", "Kernels", "Networks", "Primitives", "Screen",
      "TestSupport", "Training",
    ],
    exclude: ["Snapshots"]),
  .testTarget(
    name: "LatentTablesTests",
    dependencies: [
      "Coordinates", "Datasets", "LatentTables", "Figures", "Formats", "Kernels", "Networks", "Primitives",
      "TestSupport", "Training",
    ]),
  .executableTarget(
    name: "FigureCases", dependencies: ["Figures", "Formats", "Screen"], path: "Tests/FigureCases"),
  .testTarget(
    name: "FiguresTests",
    dependencies: [
      "Coordinates", "Datasets", "Figures", "Formats", "Networks", "Screen", "TestSupport", "Training",
    ]),
  // Sums of up to 784 terms for thousands of sizes, in plain loops.
  .target(
    name: "KernelCases", dependencies: ["KernelInterface"], path: "Tests/KernelCases",
    swiftSettings: kernelSettings),
  .testTarget(
    name: "KernelsTests",
    dependencies: ["CKernels", "KernelCases", "KernelInterface", "Kernels", "Primitives"]),
  .executableTarget(
    name: "LibraryExample", dependencies: ["Checkpoints", "Coordinates", "Datasets", "Networks", "Training"],
    path: "Tests/LibraryExample"),
  .testTarget(
    name: "NetworksTests",
    dependencies: ["Coordinates", "Goldens", "Kernels", "Networks", "Primitives", "Training"],
    // Central differences of every weight are thousands of passes through a plain reference.
    swiftSettings: kernelSettings),
  .testTarget(
    name: "EvaluationTests",
    dependencies: [
      "Coordinates", "Datasets", "Evaluation", "Goldens", "Kernels", "Networks", "Primitives", "Training",
    ]),
  .testTarget(
    name: "TrainingTests",
    dependencies: [
      "Coordinates", "Datasets", "Evaluation", "Goldens", "Kernels", "Networks", "Primitives", "Training",
    ]),
  .testTarget(name: "PrimitivesTests", dependencies: ["Primitives", "TestSupport"]),
  .testTarget(name: "StructureTests", dependencies: ["TestSupport"]),
]

/// libFuzzer brings a `main` of its own, so its program is there only for builds with its sanitizer:
///
///     FUZZING=1 swift build --product InputFuzzer --sanitize=fuzzer …
let fuzzers: [Target] =
  Context.environment["FUZZING"] == nil
  ? []
  : [
    .executableTarget(
      name: "InputFuzzer", dependencies: ["InputChecks"], path: "Tests/InputFuzzer",
      swiftSettings: [.unsafeFlags(["-parse-as-library"])])
  ]

let package = Package(
  name: "latent-explorer",
  platforms: [.macOS(.v26)],
  products: [
    .library(
      name: "TypedAutoencoders",
      targets: ["Checkpoints", "Coordinates", "Datasets", "Evaluation", "Networks", "Training"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser.git", .upToNextMinor(from: "1.8.0"))
  ],
  targets: modules + kernelVariants + tests + fuzzers,
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu2x
)
