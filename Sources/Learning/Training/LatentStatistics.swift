import Datasets
import Kernels
import Networks

/// The distribution of one free latent over many upright images.
public struct LatentStatistics: Sendable, Hashable, Codable {
  /// The mean.
  public var mean: Double
  /// The standard deviation.
  public var deviation: Double
  /// The 1st, 5th, 25th, 50th, 75th, 95th and 99th percentile.
  public var percentiles: [Double]

  /// The percentiles that are stored.
  public static let percents: [Double] = [1, 5, 25, 50, 75, 95, 99]

  /// The 1st percentile.
  public var low: Double { percentiles[0] }
  /// The 99th percentile.
  public var high: Double { percentiles[percentiles.count - 1] }

  /// The value at `fraction` (0–1) of the distribution, interpolated linearly between the stored percentiles
  /// and clamped to the 1st and the 99th.
  public func value(atFraction fraction: Double) -> Double {
    let percent = min(max(100 * fraction, Self.percents[0]), Self.percents[Self.percents.count - 1])
    let upper = max(1, Self.percents.firstIndex { $0 >= percent } ?? 1)
    let (low, high) = (Self.percents[upper - 1], Self.percents[upper])
    let part = (percent - low) / (high - low)
    return percentiles[upper - 1] + part * (percentiles[upper] - percentiles[upper - 1])
  }

  /// Computes the statistics of at least one value.
  public init(of values: [Float]) {
    precondition(!values.isEmpty, "statistics need a value")
    let sorted = values.map(Double.init).sorted()
    let count = Double(sorted.count)
    let mean = sorted.reduce(0, +) / count
    self.mean = mean
    deviation = (sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
    percentiles = Self.percents.map { percent in
      let position = percent / 100 * (count - 1)
      let lower = Int(position)
      let upper = min(lower + 1, sorted.count - 1)
      return sorted[lower] + (sorted[upper] - sorted[lower]) * (position - Double(lower))
    }
  }
}

extension TypedModel {
  /// Computes the latents' statistics over the first `count` of `images`, upright.
  ///
  /// - Throws: `TensorMismatch` unless the weights are the architecture's.
  public mutating func measureLatents(over images: any ImageSource, count: Int = 5000) throws(TensorMismatch)
  {
    measureLatents(from: try encoderOutputs(of: images, count: count))
  }

  /// Computes the latents' statistics from at least one output.
  public mutating func measureLatents(from outputs: [EncoderOutput]) {
    details.statistics = (0..<architecture.schema.freeCount).map { latent in
      LatentStatistics(of: outputs.map { $0.latents[latent] })
    }
  }

  /// Stores the encoder's outputs for the first `count` of `images`, upright.
  ///
  /// - Throws: `TensorMismatch` unless the weights are the architecture's.
  public mutating func storeEncoderOutputs(of images: any ImageSource, count: Int = 100)
    throws(TensorMismatch)
  {
    details.encoderOutputs = try encoderOutputs(of: images, count: count)
  }

  /// Encodes the first `count` of `images`, upright.
  ///
  /// - Throws: `TensorMismatch` unless the weights are the architecture's.
  public func encoderOutputs(of images: any ImageSource, count: Int) throws(TensorMismatch) -> [EncoderOutput]
  {
    let pass = BatchPass(try TypedAutoencoder(architecture, tensors: weights), capacity: 128)
    let schema = architecture.schema
    let loader = BatchLoader(images: images, schema: schema, interpolation: .bilinear)
    let indices = Array(0..<min(count, images.count))
    var outputs: [EncoderOutput] = []
    for start in stride(from: 0, to: indices.count, by: pass.capacity) {
      let chunk = indices[start..<min(start + pass.capacity, indices.count)]
      for (row, index) in chunk.enumerated() { loader.load(index, values: nil, into: pass.inputs, row: row) }
      pass.encode(rows: 0..<chunk.count)
      for (row, index) in chunk.enumerated() {
        outputs.append(
          EncoderOutput(
            index: index, label: images.label(at: index),
            values: schema.values(ofCode: pass.encodedCodes.row(row)), latents: pass.latents.row(row)))
      }
    }
    return outputs
  }
}
