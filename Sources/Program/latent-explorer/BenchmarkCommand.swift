import ArgumentParser
import Benchmarks
import Foundation
import Primitives

/// Measures the program's speed on this machine.
struct BenchmarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark", abstract: "Measure this program's speed on this machine.",
    discussion: """
      Examples:
        latent-explorer benchmark
        latent-explorer benchmark --json
        latent-explorer benchmark --only session

      'computing' takes 30 seconds; a third of them trains until the fifth epoch of 60,000 images. 'session', 150 \
      seconds, starts this program on a pseudo-terminal, presses keys and reads the screen; each figure is \
      printed with its limit. Measure on an idle machine, with a release build: swift build -c release.
      """)

  @Flag(help: "Print one JSON object.")
  var json = false

  @Option(help: "Measure a part alone: 'computing' or 'session'.")
  var only: BenchmarkPart?

  @OptionGroup var remarks: VerbosityOptions

  func run() throws {
    try reportingFailures {
      var progress = ProgressLine(remarks.verbosity)
      func report(_ part: String) {
        progress.update("measuring: \(part)")
        progress.detail("measuring: \(part)")
      }
      var results = BenchmarkResults()
      if only != .session {
        results.computing = try Benchmark.run(
          threads: ProcessInfo.processInfo.activeProcessorCount, progress: report)
      }
      if only != .computing {
        let program = Bundle.main.executablePath ?? CommandLine.arguments[0]
        results.session = try SessionBenchmark(program: program).run(progress: report)
      }
      progress.clear()
      try writeToStandardOutput((json ? try results.json : results.table) + "\n")
    }
  }
}

/// A part of the benchmark for `--only`.
enum BenchmarkPart: String, ExpressibleByArgument, CaseIterable {
  case computing
  case session
}

/// Results as one JSON object, with the session's figures beside the others.
private struct BenchmarkResults: Encodable {
  var computing: BenchmarkReport?
  var session: [Measure]?

  private enum CodingKeys: CodingKey {
    case session
  }

  func encode(to encoder: any Encoder) throws {
    try computing?.encode(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encodeIfPresent(session, forKey: .session)
  }

  var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }

  var table: String {
    [computing?.table, session.map { $0.map(\.row).joined(separator: "\n") }].compactMap { $0 }
      .joined(separator: "\n\n")
  }
}

extension Measure {
  /// The figure, its limit and the verdict.
  fileprivate var row: String {
    let amount = (value.map { String(format: "%7.1f ", $0) } ?? "      – ") + unit
    guard let limit else { return column(name, amount) }
    let bound = String(format: "at most %g", limit) + (isMet == false ? ", missed" : "")
    return column(name, amount.padding(toLength: 20, withPad: " ", startingAt: 0) + bound)
  }
}

/// A name and a value, in columns.
private func column(_ name: String, _ value: String) -> String {
  name.padding(toLength: 43, withPad: " ", startingAt: 0) + value
}

extension BenchmarkReport {
  fileprivate var table: String {
    var lines = [
      column("processor", processor), column("kernels", variant),
      column("peak, one core", String(format: "%.1f GFLOP/s", peakGflops)), "",
    ]
    lines += products.map {
      column($0.name, String(format: "%7.1f GFLOP/s  %3.0f %% of peak", $0.gflops, 100 * $0.fractionOfPeak))
    }
    lines.append("")
    lines += training.map {
      let name = $0.phase == "article" ? "training, whole recipe" : "training, phase \($0.phase)"
      return column(
        "\(name), \($0.threads) thread\($0.threads == 1 ? "" : "s")",
        String(format: "%7.0f images/s", $0.imagesPerSecond))
    }
    lines += [
      column("all threads against one", String(format: "%7.2f ×", scaling)),
      column(
        "training, epoch 1, one thread", String(format: "%7.0f images/s", age.firstImagesPerSecond)),
      column(
        "the same, epoch \(age.lastEpoch) of \(age.imagesPerEpoch) images",
        String(format: "%7.0f images/s", age.lastImagesPerSecond)),
      column(
        "last epoch against first",
        age.lastToFirst.map { String(format: "%7.2f ×", $0) } ?? undefinedText), "",
      column("decoding one image", String(format: "%7.1f µs", decodeMicroseconds)),
      column("the same, largest preset", String(format: "%7.1f µs", decodeLargestMicroseconds)),
      column("turning one image", String(format: "%7.1f µs", rotateMicroseconds)),
      column("one frame", String(format: "%7.1f µs, %d bytes", frameMicroseconds, frameBytes)),
      column("drawing digits", String(format: "%7.0f MB/s", digitsMegabytesPerSecond)),
      column("reading IDX", String(format: "%7.0f MB/s", idxMegabytesPerSecond)),
    ]
    return lines.joined(separator: "\n")
  }
}
