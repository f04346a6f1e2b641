import ArgumentParser
import Benchmarks
import Essentials
import Primitives

/// Measures the program's speed on this machine.
struct BenchmarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark", abstract: "Measure this program's speed on this machine.",
    usage: "latent-explorer benchmark [--json] [--long] [--only <part>]",
    discussion: """
      Examples:
        latent-explorer benchmark
        latent-explorer benchmark --json
        latent-explorer benchmark --long

      Takes a minute, a quarter of it for training until the fifth epoch of 60,000
      images. The limit of a training is the speed of bare multiply-adds at the
      peak and of Adam's pass over weights and moments. Measure on an idle machine,
      with a release build: swift build -c release.
      """)

  @Flag(help: "Print one JSON object.")
  var json = false

  @Option(help: "Measure a part alone; 'computing' is the only one.")
  var only: BenchmarkPart?

  @Flag(help: "Also train whole presets, with one and all threads, for several minutes.")
  var long = false

  @OptionGroup var remarks: VerbosityOptions

  func validate() throws {
    guard only != .session else {
      throw ValidationError(
        "--only session: a session is measured by a program of the sources, \(BenchmarkPart.sessionCommand)")
    }
  }

  func run() throws {
    try reportingFailures {
      var progress = ProgressLine(remarks.verbosity)
      func show(_ part: String) {
        progress.update("measuring: \(part)")
        progress.detail("measuring: \(part)")
      }
      let report = try Benchmark.run(
        threads: ProcessInfo.processInfo.activeProcessorCount, includesWholeRecipes: long, progress: show)
      progress.clear()
      try writeToStandardOutput((json ? try report.json : report.table) + "\n")
    }
  }
}

/// A part of the benchmark for `--only`.
enum BenchmarkPart: String, ExpressibleByArgument, CaseIterable {
  case computing
  /// The former name of the measurements that are a development program of their own.
  case session

  static let sessionCommand = "'swift run -c release SessionBenchmark'"
  static var allValueStrings: [String] { [Self.computing.rawValue] }
}

/// A name and a value, in columns.
private func column(_ name: String, _ value: String) -> String {
  name.padded(to: 43) + value
}

extension BenchmarkReport {
  fileprivate var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }

  fileprivate var table: String {
    var lines = [
      column("processor", processor), column("kernels", variant),
      column("peak, one core", formatted("%.1f GFLOP/s", peakGflops)), "",
    ]
    lines += products.map {
      column($0.name, formatted("%7.1f GFLOP/s  %3.0f %% of peak", $0.gflops, 100 * $0.fractionOfPeak))
    }
    lines.append("")
    lines += training.map {
      let name = Int($0.phase) == nil ? $0.phase : "article, phase \($0.phase)"
      return column(
        "training \(name), \(Self.threads($0.threads))",
        Self.speed($0.imagesPerSecond, fractionOfLimit: $0.fractionOfLimit))
    }
    lines += wholeRecipes.map {
      let ratios = $0.lastToFirst.map { $0.map { formatted("%.2f", $0) } ?? undefinedText }
      return column(
        "whole \($0.phase), \(Self.threads($0.threads))",
        Self.speed($0.imagesPerSecond, fractionOfLimit: $0.fractionOfLimit)
          + "  last epoch against first \(ratios.joined(separator: ", ")) ×")
    }
    lines += [
      column("all threads against one", formatted("%7.2f ×", scaling)),
      column(
        "training, epoch 1, one thread", formatted("%7.0f images/s", age.firstImagesPerSecond)),
      column(
        "the same, epoch \(age.lastEpoch) of \(age.imagesPerEpoch) images",
        formatted("%7.0f images/s", age.lastImagesPerSecond)),
      column(
        "last epoch against first",
        age.lastToFirst.map { formatted("%7.2f ×", $0) } ?? undefinedText), "",
      column("decoding one image", formatted("%7.1f µs", decodeMicroseconds)),
      column("the same, largest preset", formatted("%7.1f µs", decodeLargestMicroseconds)),
      column("turning one image", formatted("%7.1f µs", rotateMicroseconds)),
      column("one frame", formatted("%7.1f µs, %d bytes", frameMicroseconds, frameBytes)),
      column("drawing digits", formatted("%7.0f MB/s", digitsMegabytesPerSecond)),
      column("reading IDX", formatted("%7.0f MB/s", idxMegabytesPerSecond)),
    ]
    lines.append("")
    lines += shapes.flatMap(Self.lines)
    return lines.joined(separator: "\n")
  }

  private static func threads(_ count: Int) -> String { "\(count) thread\(count == 1 ? "" : "s")" }

  private static func speed(_ imagesPerSecond: Double, fractionOfLimit: Double?) -> String {
    formatted("%7.0f images/s", imagesPerSecond)
      + (fractionOfLimit.map { formatted("  %3.0f %% of limit", 100 * $0) } ?? "")
  }

  private static func lines(_ shape: Shape) -> [String] {
    func comparison(_ ratio: Double?) -> String { ratio.map { formatted("  %5.2f ×", $0) } ?? "" }
    let training = shape.gigaMultiplyAddsPerSecond.map {
      column(
        "\(shape.shape): training, all threads",
        formatted("%7.1f billion multiply-adds/s", $0) + comparison(shape.trainingToFirst))
    }
    return (training.map { [$0] } ?? []) + [
      column(
        "\(shape.shape): turning, for each value",
        formatted("%7.2f ns", shape.samplingNanoseconds) + comparison(shape.samplingToFirst)),
      column("\(shape.shape): decoding one image", formatted("%7.1f µs", shape.decodeMicroseconds)),
    ]
  }
}
