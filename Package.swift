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
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "Datasets", dependencies: ["Coordinates", "CZlib", "Primitives"]),
    .target(name: "Networks", dependencies: ["Coordinates", "Primitives"]),
    .target(name: "Checkpoints", dependencies: ["Networks", "Primitives"]),
    .target(name: "TestSupport", path: "Tests/TestSupport"),
    .testTarget(name: "PrimitivesTests", dependencies: ["Primitives", "TestSupport"]),
    .testTarget(name: "DatasetsTests", dependencies: ["CZlib", "Datasets", "Primitives", "TestSupport"]),
    .testTarget(
      name: "CheckpointsTests", dependencies: ["Checkpoints", "Networks", "Primitives", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)
