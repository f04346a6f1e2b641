import Primitives

/// The results of the benchmark; encoded as one JSON object.
public struct BenchmarkReport: Sendable, Codable {
  /// The processor's name.
  public var processor: String
  /// The kernel variant.
  public var variant: String
  /// Multiply-adds on one core, the maximum over all loops measured.
  public var peakGflops: Double
  /// The matrix products of the article's network at batch size 128, on one core.
  public var products: [Product]
  /// Training on the built-in digits, with one and with all threads.
  public var training: [Training]
  /// Whole trainings, held-out losses included; empty unless they were requested.
  public var wholeRecipes: [Training]
  /// Images per second with all threads ÷ with one, for the article's recipe.
  public var scaling: Double
  /// Training in the first and in a later epoch of one run.
  public var age: Age
  /// Decoding one image, with the article's network.
  public var decodeMicroseconds: Double
  /// Decoding one image, with the slowest preset.
  public var decodeLargestMicroseconds: Double
  /// Rotating one image.
  public var rotateMicroseconds: Double
  /// One step of a turning digit: update, draw, and write to a terminal of 100×30 cells.
  public var frameMicroseconds: Double
  /// The bytes sent to the terminal for that step.
  public var frameBytes: Int
  /// Images of several shapes with the rotation preset; the first is 28 × 28.
  public var shapes: [Shape]
  /// Drawing the built-in digits, in megabytes of pixels per second.
  public var digitsMegabytesPerSecond: Double
  /// Reading uncompressed IDX files, in megabytes per second.
  public var idxMegabytesPerSecond: Double

  /// A matrix product.
  public struct Product: Sendable, Codable {
    /// Inputs, outputs and direction, such as `784x256 forward`.
    public var name: String
    /// Billions of floating-point operations per second.
    public var gflops: Double
    /// The fraction of the peak.
    public var fractionOfPeak: Double

    enum CodingKeys: String, CodingKey {
      case name, gflops
      case fractionOfPeak = "share_of_peak"
    }
  }

  /// The speed with images of one shape.
  public struct Shape: Sendable, Codable {
    /// The shape, such as `64×64`.
    public var shape: String
    /// Billions of multiply-adds a second in training with all threads, zeros included; nil where that is not measured.
    public var gigaMultiplyAddsPerSecond: Double?
    /// The same ÷ that of the first shape.
    public var trainingToFirst: Double?
    /// Sampling one value of an image of bytes through a map.
    public var samplingNanoseconds: Double
    /// The same ÷ that of the first shape.
    public var samplingToFirst: Double?
    /// Decoding one image.
    public var decodeMicroseconds: Double

    enum CodingKeys: String, CodingKey {
      case shape
      case gigaMultiplyAddsPerSecond = "training_giga_multiply_adds_per_second"
      case trainingToFirst = "training_to_first"
      case samplingNanoseconds = "sampling_nanoseconds_per_value"
      case samplingToFirst = "sampling_to_first"
      case decodeMicroseconds = "decode_microseconds"
    }
  }

  /// The training speed of one phase or recipe.
  public struct Training: Sendable, Codable {
    /// The number of the article's phase, or the name of a whole recipe, such as `article` or `rotation 64×64`.
    public var phase: String
    /// The number of threads.
    public var threads: Int
    /// Training images per second.
    public var imagesPerSecond: Double
    /// The speed at which all threads only multiply and add at the peak and stream Adam's numbers.
    public var limitImagesPerSecond: Double
    /// The speed ÷ its limit; nil where that is undefined.
    public var fractionOfLimit: Double?
    /// The speed of each phase's last epoch ÷ that of its first, nil where that is undefined; empty unless the whole
    /// recipe was trained.
    public var lastToFirst: [Double?]

    init(
      phase: String, threads: Int, imagesPerSecond: Double, limit: Double, lastToFirst: [Double?] = []
    ) {
      (self.phase, self.threads, self.imagesPerSecond) = (phase, threads, imagesPerSecond)
      (limitImagesPerSecond, fractionOfLimit) = (limit, ratio(imagesPerSecond, to: limit))
      self.lastToFirst = lastToFirst
    }

    enum CodingKeys: String, CodingKey {
      case phase, threads
      case imagesPerSecond = "images_per_second"
      case limitImagesPerSecond = "limit_images_per_second"
      case fractionOfLimit = "fraction_of_limit"
      case lastToFirst = "last_epoch_to_first"
    }
  }

  /// The speed of one thread in the first phase of the article's recipe, early and late in a run.
  public struct Age: Sendable, Codable {
    /// The number of images in an epoch.
    public var imagesPerEpoch: Int
    /// The later epoch, counted from 1.
    public var lastEpoch: Int
    /// Images learnt from in a second, in epoch 1.
    public var firstImagesPerSecond: Double
    /// The same in the later epoch.
    public var lastImagesPerSecond: Double
    /// The later speed ÷ the first; nil where that is undefined.
    public var lastToFirst: Double?

    init(imagesPerEpoch: Int, lastEpoch: Int, firstImagesPerSecond: Double, lastImagesPerSecond: Double) {
      (self.imagesPerEpoch, self.lastEpoch) = (imagesPerEpoch, lastEpoch)
      (self.firstImagesPerSecond, self.lastImagesPerSecond) = (firstImagesPerSecond, lastImagesPerSecond)
      lastToFirst = ratio(lastImagesPerSecond, to: firstImagesPerSecond)
    }

    enum CodingKeys: String, CodingKey {
      case imagesPerEpoch = "images_per_epoch"
      case lastEpoch = "last_epoch"
      case firstImagesPerSecond = "first_epoch_images_per_second"
      case lastImagesPerSecond = "last_epoch_images_per_second"
      case lastToFirst = "last_to_first"
    }
  }

  enum CodingKeys: String, CodingKey {
    case processor, variant, products, training, scaling, shapes
    case wholeRecipes = "whole_recipes"
    case age = "training_age"
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
