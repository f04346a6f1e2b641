/// What the benchmark measured; encoded as one JSON object.
public struct BenchmarkReport: Sendable, Codable {
  /// The processor's name.
  public var processor: String
  /// The kernels' variant.
  public var variant: String
  /// Multiply-adds on one core, the best of every loop measured.
  public var peakGflops: Double
  /// The matrix products of the article's network at a batch of 128, on one core.
  public var products: [Product]
  /// Training on the built-in digits; the phase `article` is the whole recipe.
  public var training: [Training]
  /// Images per second with all threads ÷ with one, for the whole recipe.
  public var scaling: Double
  /// Decoding one image for the screen, with the article's network.
  public var decodeMicroseconds: Double
  /// The same with the slowest network of the presets.
  public var decodeLargestMicroseconds: Double
  /// Turning one image.
  public var rotateMicroseconds: Double
  /// One step of a turning digit: update, draw, and write to a terminal of 100×30 cells.
  public var frameMicroseconds: Double
  /// What the terminal is sent for it.
  public var frameBytes: Int
  /// Drawing the built-in digits, in megabytes of pixels a second.
  public var digitsMegabytesPerSecond: Double
  /// Reading plain IDX files, in megabytes a second.
  public var idxMegabytesPerSecond: Double

  /// One matrix product.
  public struct Product: Sendable, Codable {
    /// Inputs, outputs and direction, such as `784x256 forward`.
    public var name: String
    /// Billions of floating-point operations a second.
    public var gflops: Double
    /// The same as a share of the peak.
    public var fractionOfPeak: Double

    enum CodingKeys: String, CodingKey {
      case name, gflops
      case fractionOfPeak = "share_of_peak"
    }
  }

  /// The speed of training in one phase.
  public struct Training: Sendable, Codable {
    /// The phase's number, or `article` for the whole recipe.
    public var phase: String
    /// How many threads trained.
    public var threads: Int
    /// Images learnt from in a second.
    public var imagesPerSecond: Double

    enum CodingKeys: String, CodingKey {
      case phase, threads
      case imagesPerSecond = "images_per_second"
    }
  }

  enum CodingKeys: String, CodingKey {
    case processor, variant, products, training, scaling
    case peakGflops = "peak_gflops"
    case decodeMicroseconds = "decode_microseconds"
    case decodeLargestMicroseconds = "decode_largest_microseconds"
    case rotateMicroseconds = "rotate_microseconds"
    case frameMicroseconds = "frame_microseconds"
    case frameBytes = "frame_bytes"
    case digitsMegabytesPerSecond = "digits_megabytes_per_second"
    case idxMegabytesPerSecond = "idx_megabytes_per_second"
  }
}
