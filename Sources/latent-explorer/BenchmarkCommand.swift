import ArgumentParser
import Benchmarks
import Foundation

/// Measures the program's speed on this machine.
struct BenchmarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark", abstract: "Measure this program's speed on this machine.",
    discussion: """
      Examples:
        latent-explorer benchmark
        latent-explorer benchmark --json

      It takes less than a minute and wants a machine with nothing else to do. A release build is what \
      counts: swift build -c release.
      """)

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    try reportingFailures {
      var progress = ProgressLine()
      let report = try Benchmark.run(threads: ProcessInfo.processInfo.activeProcessorCount) { step in
        progress.update("measuring: \(step)")
      }
      progress.clear()
      try writeToStandardOutput((json ? try report.json : report.table) + "\n")
    }
  }
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
    func row(_ name: String, _ value: String) -> String {
      name.padding(toLength: 34, withPad: " ", startingAt: 0) + value
    }
    var lines = [
      row("processor", processor), row("kernels", variant),
      row("peak, one core", String(format: "%.1f GFLOP/s", peakGflops)), "",
    ]
    lines += products.map {
      row($0.name, String(format: "%7.1f GFLOP/s  %3.0f %% of peak", $0.gflops, 100 * $0.shareOfPeak))
    }
    lines.append("")
    lines += training.map {
      let name = $0.phase == "article" ? "training, whole recipe" : "training, phase \($0.phase)"
      return row(
        "\(name), \($0.threads) thread\($0.threads == 1 ? "" : "s")",
        String(format: "%7.0f images/s", $0.imagesPerSecond))
    }
    lines += [
      row("all threads against one", String(format: "%7.2f ×", scaling)), "",
      row("decoding one image", String(format: "%7.1f µs", decodeMicroseconds)),
      row("the same, largest preset", String(format: "%7.1f µs", decodeLargestMicroseconds)),
      row("turning one image", String(format: "%7.1f µs", rotateMicroseconds)),
      row("one frame", String(format: "%7.1f µs, %d bytes", frameMicroseconds, frameBytes)),
      row("drawing digits", String(format: "%7.0f MB/s", digitsMegabytesPerSecond)),
      row("reading IDX", String(format: "%7.0f MB/s", idxMegabytesPerSecond)),
    ]
    return lines.joined(separator: "\n")
  }
}
