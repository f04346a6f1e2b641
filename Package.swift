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
    .testTarget(name: "DatasetsTests", dependencies: ["Datasets", "Primitives"]),
    .testTarget(name: "PrimitivesTests", dependencies: ["Primitives"]),
  ],
  swiftLanguageModes: [.v6]
)
