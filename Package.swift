// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "latent-explorer",
  platforms: [.macOS(.v26)],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0")
  ],
  targets: [
    .target(name: "Primitives"),
    .target(name: "Coordinates"),
    .target(name: "Datasets", dependencies: ["Coordinates", "Primitives"]),
    .target(name: "Networks", dependencies: ["Coordinates", "Primitives"]),
    .target(name: "Screen"),
    .target(
      name: "CCurses",
      cSettings: [.define("NCURSES_WIDECHAR", to: "1"), .define("_XOPEN_SOURCE_EXTENDED", to: "1")],
      linkerSettings: [
        .linkedLibrary("ncursesw", .when(platforms: [.linux])),
        .linkedLibrary("ncurses", .when(platforms: [.macOS])),
      ]),
    .target(name: "NcursesTerminal", dependencies: ["CCurses", "Screen"]),
    .testTarget(name: "PrimitivesTests", dependencies: ["Primitives"]),
    .testTarget(name: "ScreenTests", dependencies: ["Screen"]),
    .target(name: "CPseudoTerminal", path: "Tests/CPseudoTerminal"),
    .target(name: "PseudoTerminals", dependencies: ["CPseudoTerminal"], path: "Tests/PseudoTerminals"),
    .executableTarget(
      name: "TerminalDemo", dependencies: ["NcursesTerminal", "Screen"], path: "Tests/TerminalDemo"),
    .testTarget(
      name: "NcursesTerminalTests",
      dependencies: ["CCurses", "NcursesTerminal", "PseudoTerminals", "Screen", "TerminalDemo"]),
  ],
  swiftLanguageModes: [.v6]
)
