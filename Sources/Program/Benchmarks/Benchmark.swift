import Essentials
import Kernels
import Training

/// The complete benchmark of the promised speeds; takes about a minute without whole recipes.
public enum Benchmark {
  /// Runs all measurements; calls `progress` with the name of each.
  ///
  /// - Parameter includesWholeRecipes: also trains presets from the first epoch to the last.
  public static func run(
    threads: Int, includesWholeRecipes: Bool = false, progress: (String) -> Void
  ) throws -> BenchmarkReport {
    let variant = KernelVariant.best
    let kernels = KernelBenchmark(variant: variant)
    let screen = ScreenBenchmark()
    let data = DataBenchmark()
    progress("peak of multiply-adds")
    var peak = kernels.peak()
    progress("matrix products")
    var products = kernels.products(peak: peak)
    progress("peak of multiply-adds again")
    // The machine may have been slower the first time; fractions are of the highest peak measured.
    peak = max(peak, kernels.peak())
    for index in products.indices { products[index].fractionOfPeak = products[index].gflops / peak }
    let limit = TrainingLimit(peakGflops: peak, variant: variant)
    let training = try TrainingBenchmark(threads: threads, limit: limit).run(progress: progress)
    let wholeRecipes =
      includesWholeRecipes
      ? try WholeRecipes(threads: threads, limit: limit).run(progress: progress) : []
    let age = try TrainingAge(threads: threads).run(progress: progress)
    let shapes = ShapeBenchmark(training: training).run(progress: progress)
    progress("decoding, turning, drawing")
    let frame = try screen.frame()
    let recipe = training.filter { $0.phase == "article" }
    return BenchmarkReport(
      processor: processorName(), variant: variant.name, peakGflops: peak, products: products,
      training: training, wholeRecipes: wholeRecipes,
      scaling: (recipe.last?.imagesPerSecond ?? 0) / (recipe.first?.imagesPerSecond ?? 1),
      age: age, decodeMicroseconds: screen.decode(.article),
      decodeLargestMicroseconds: Preset.all.map { screen.decode($0.architecture) }.max() ?? 0,
      rotateMicroseconds: screen.rotate(),
      frameMicroseconds: frame.microseconds, frameBytes: frame.bytes, shapes: shapes,
      digitsMegabytesPerSecond: data.drawing(), idxMegabytesPerSecond: try data.parsing())
  }

  /// The processor's name, where available.
  public static func processorName() -> String {
    #if canImport(Darwin)
      var size = 0
      sysctlbyname("machdep.cpu.brand_string", nil, &size, nil, 0)
      var name = [CChar](repeating: 0, count: max(size, 1))
      sysctlbyname("machdep.cpu.brand_string", &name, &size, nil, 0)
      return String(cString: name)
    #else
      let lines = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.split(separator: "\n")
      let line = lines?.first { $0.hasPrefix("model name") }
      return line?.split(separator: ":").last.map { $0.trimmed } ?? "unknown"
    #endif
  }
}
