import Foundation

@testable import Networks

/// A typed autoencoder, written as plainly as possible on arrays of `Double`: the forward
/// pass and the loss, which central differences differentiate.
struct DoubleNetwork {
  /// What one loss is a function of, besides the weights: one row for each image.
  struct Batch {
    var inputs, targets: [[Double]]
    var inputCodes, targetCodes: [[Double]]
  }

  /// Values in row-major order, by name.
  var tensors: [String: [Double]]
  let backbone, typedHeads, decoder: [String]
  /// The smallest distance of any hidden unit from the kink of its rectifier, over all rows since the start.
  private(set) var smallestPreactivation = Double.infinity

  init(_ network: TypedAutoencoder) {
    tensors = Dictionary(uniqueKeysWithValues: network.tensors.map { ($0.name, $0.values.map(Double.init)) })
    backbone = network.architecture.backbone.map(\.name)
    typedHeads = network.architecture.typedHeads.map(\.name)
    decoder = network.architecture.decoder.map(\.name)
  }

  /// The weighted sum of the pixels' mean squared error and those of each coordinate's code.
  mutating func loss(_ batch: Batch, _ plan: StepPlan) -> Double {
    var (reconstruction, coordinates) = (0.0, 0.0)
    for row in batch.inputs.indices {
      var features = batch.inputs[row]
      for name in backbone { features = rectified(dense(name, features)) }
      let codes = typedHeads.map { name in
        let raw = dense(name, features)
        return name == "head_rot.fc" ? normalized(raw) : raw
      }
      let latent = dense("head_latent", features)
      var picture = (plan.code == .read ? codes.flatMap(\.self) : batch.targetCodes[row]) + latent
      for name in decoder.dropLast() { picture = rectified(dense(name, picture)) }
      picture = dense(decoder[decoder.count - 1], picture).map { 1 / (1 + exp(-$0)) }
      reconstruction += meanSquaredError(picture, batch.targets[row])
      var truth = batch.inputCodes[row][...]
      for code in codes {
        coordinates += meanSquaredError(code, Array(truth.prefix(code.count)))
        truth = truth.dropFirst(code.count)
      }
    }
    let rows = Double(batch.inputs.count)
    return Double(plan.reconstructionWeight) * reconstruction / rows
      + Double(plan.coordinateWeight) * coordinates / rows
  }

  /// The slope of the loss along one entry of a tensor, by a central difference.
  mutating func slope(_ name: String, _ index: Int, step: Double, _ batch: Batch, _ plan: StepPlan) -> Double
  {
    let value = tensors[name, default: []][index]
    tensors[name, default: []][index] = value + step
    let above = loss(batch, plan)
    tensors[name, default: []][index] = value - step
    let below = loss(batch, plan)
    tensors[name, default: []][index] = value
    return (above - below) / (2 * step)
  }

  private func dense(_ name: String, _ input: [Double]) -> [Double] {
    let (weights, bias) = (tensors[name + ".weight", default: []], tensors[name + ".bias", default: []])
    return bias.indices.map { output in
      var sum = bias[output]
      for (index, value) in input.enumerated() { sum += weights[output * input.count + index] * value }
      return sum
    }
  }

  private mutating func rectified(_ values: [Double]) -> [Double] {
    for value in values { smallestPreactivation = min(smallestPreactivation, abs(value)) }
    return values.map { max($0, 0) }
  }

  private func normalized(_ raw: [Double]) -> [Double] {
    let length = max((raw[0] * raw[0] + raw[1] * raw[1]).squareRoot(), 1e-12)
    return raw.map { $0 / length }
  }

  private func meanSquaredError(_ one: [Double], _ other: [Double]) -> Double {
    zip(one, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / Double(one.count)
  }
}
