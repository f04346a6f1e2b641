import Networks

/// Why a training run cannot start or go on.
public enum TrainingError: Error, Hashable {
  /// The batch size is not positive, or the learning rate not a positive number.
  case invalidSettings(batchSize: Int, learningRate: Double)
  /// Without the held-out images there are fewer than one batch.
  case tooFewImages(count: Int, heldOut: Int, batchSize: Int)
  /// The state's weights or moments are not the architecture's.
  case weightsDoNotFit(TensorMismatch)
  /// The state's next batch is none of its recipe's.
  case positionOutsideRecipe(TrainingPosition)
  /// A weight or moment to start from is not a number or infinite; the tensor has this name.
  case weightsNotFinite(String)
  /// The loss of this batch is not a number or infinite; the weights are those before it. The held-out loss
  /// is that after the batch, whose step has then been taken. The tensor has the weights of the first layer that
  /// computed no finite numbers, where there is one.
  case lossNotFinite(TrainingPosition, of: LossPart = .total, tensor: String? = nil)
  /// The gradient of this batch with respect to the tensor of this name, or its square, is not a number or
  /// infinite; the weights are those before it.
  case gradientNotFinite(TrainingPosition, of: String)
}

extension TrainingError: CustomStringConvertible {
  /// A sentence for people.
  public var description: String {
    switch self {
    case .invalidSettings(let batchSize, let learningRate):
      "a batch size of \(batchSize) and a learning rate of \(learningRate) cannot be trained with: "
        + "both must be above 0 and finite"
    case .tooFewImages(let count, let heldOut, let batchSize):
      (0...count).contains(heldOut)
        ? "\(count) training images, \(heldOut) of them held out, do not fill one batch of \(batchSize)"
        : "\(heldOut) images cannot be held out of \(count) training images"
    case .weightsDoNotFit(let mismatch): "the weights do not fit the network: \(mismatch)"
    case .positionOutsideRecipe(let position):
      "the recipe has no place to go on from at \(Self.name(of: position))"
    case .weightsNotFinite(let name): "\(name) has values that are not finite numbers"
    case .lossNotFinite(let position, let part, let tensor):
      "the \(part.rawValue) is no longer a finite number in \(Self.name(of: position))"
        + (tensor.map { ", nor is what \($0) makes of its input" } ?? "")
    case .gradientNotFinite(let position, let name):
      "the gradient of \(name) is no longer a finite number in \(Self.name(of: position))"
    }
  }

  private static func name(of position: TrainingPosition) -> String {
    "phase \(position.phase + 1), epoch \(position.epoch + 1), batch \(position.batch + 1)"
  }
}
