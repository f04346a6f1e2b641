import Networks

/// A failure of a training run.
public enum TrainingError: Error, Hashable {
  /// The batch size or the learning rate is not positive and finite.
  case invalidSettings(batchSize: Int, learningRate: Double)
  /// The images that are not held out are fewer than one batch.
  case tooFewImages(count: Int, heldOut: Int, batchSize: Int)
  /// The state's weights or moments do not match the architecture.
  case weightsDoNotFit(TensorMismatch)
  /// The state's position is not in its recipe.
  case positionOutsideRecipe(TrainingPosition)
  /// The initial weight or moment with this name is not finite.
  case weightsNotFinite(String)
  /// The loss of this batch is not finite; the weights are those before it. For the held-out loss they are
  /// those after the batch's step. The tensor is the weight of the first layer with an output that is not
  /// finite, if any.
  case lossNotFinite(TrainingPosition, of: LossPart = .total, tensor: String? = nil)
  /// The gradient of this tensor in this batch, or its square, is not finite; the weights are those before
  /// it.
  case gradientNotFinite(TrainingPosition, of: String)
}

extension TrainingError: CustomStringConvertible {
  /// The error message.
  public var description: String {
    switch self {
    case .invalidSettings(let batchSize, let learningRate):
      "a batch size of \(batchSize) and a learning rate of \(learningRate) cannot be used: "
        + "both must be above 0 and finite"
    case .tooFewImages(let count, let heldOut, let batchSize):
      switch count - heldOut {
      case _ where heldOut < 0, ..<0: "\(heldOut) images cannot be held out of \(count) training images"
      case 0: "\(count) training images, \(heldOut) of them held out, leave none to train on"
      case let rest:
        "\(count) training images, \(heldOut) of them held out, do not fill one batch of \(batchSize); "
          + "use --batch-size \(rest)\(rest > 1 ? " or less" : "")"
      }
    case .weightsDoNotFit(let mismatch): "the weights do not fit the network: \(mismatch)"
    case .positionOutsideRecipe(let position):
      "the recipe cannot resume at \(Self.name(of: position))"
    case .weightsNotFinite(let name): "\(name) has values that are not finite numbers"
    case .lossNotFinite(let position, let part, let tensor):
      "the \(part.rawValue) is no longer a finite number in \(Self.name(of: position))"
        + (tensor.map { ", nor is the output of \($0)" } ?? "")
    case .gradientNotFinite(let position, let name):
      "the gradient of \(name) is no longer a finite number in \(Self.name(of: position))"
    }
  }

  private static func name(of position: TrainingPosition) -> String {
    "phase \(position.phase + 1), epoch \(position.epoch + 1), batch \(position.batch + 1)"
  }
}
