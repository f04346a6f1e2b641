// swift-tools-version: 6.2
import PackageDescription

/// Kernels are optimised in debug builds too: without it they are hundreds of times slower.
let kernelSettings: [SwiftSetting] = [.unsafeFlags(["-O"])]

/// The same kernel source is built once for each instruction set; the fastest is chosen at the start.
func kernelVariant(_ name: String, features: [String] = []) -> Target {
  .target(
    name: name, dependencies: ["CKernels", "KernelTypes"],
    swiftSettings: [.unsafeFlags(["-O"] + features.flatMap { ["-Xcc", $0] })])
}

#if arch(x86_64)
  let kernelVariants = [
    kernelVariant("KernelsBaseline"),
    kernelVariant("KernelsAVX2", features: ["-march=x86-64-v3"]),
    kernelVariant("KernelsAVX512", features: ["-march=x86-64-v4"]),
  ]
#else
  let kernelVariants = [kernelVariant("KernelsBaseline")]
#endif

let package = Package(
  name: "latent-explorer",
  platforms: [.macOS(.v26)],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0")
  ],
  targets: [
    .target(name: "Primitives"),
    .target(name: "Coordinates"),
    .target(name: "CKernels"),
    .target(name: "KernelTypes", swiftSettings: kernelSettings),
    .target(
      name: "Kernels",
      dependencies: ["CKernels", "KernelTypes"] + kernelVariants.map { .target(name: $0.name) },
      swiftSettings: kernelSettings),
    .target(name: "Datasets", dependencies: ["Coordinates", "Kernels", "Primitives"]),
    .target(name: "Networks", dependencies: ["Coordinates", "Kernels", "Primitives"]),
    .target(
      name: "Training", dependencies: ["Coordinates", "Datasets", "Kernels", "Networks", "Primitives"]),
    .target(
      name: "Goldens", path: "Tests/Reference",
      exclude: [
        "README.md", "evaluate_article.py", "goldens.json", "make_goldens.py", "train_article.py",
        "typed_autoencoder.py",
      ]),
    .testTarget(name: "CoordinatesTests", dependencies: ["Coordinates"]),
    .testTarget(name: "KernelsTests", dependencies: ["Kernels", "Primitives"]),
    .testTarget(
      name: "NetworksTests",
      dependencies: ["Coordinates", "Goldens", "Kernels", "Networks", "Primitives", "Training"]),
    .testTarget(name: "PrimitivesTests", dependencies: ["Primitives"]),
    .testTarget(
      name: "TrainingTests",
      dependencies: ["Coordinates", "Datasets", "Goldens", "Kernels", "Networks", "Primitives", "Training"]),
  ] + kernelVariants,
  swiftLanguageModes: [.v6]
)
