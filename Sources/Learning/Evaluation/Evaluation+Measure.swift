import Coordinates
import Datasets
import Kernels
import Networks
import Training

extension Evaluation {
  /// Evaluates `model` on `images`.
  ///
  /// - Parameters:
  ///   - training: images to fit the linear probe to, the first 20,000 of them; nil for no probe.
  ///   - interpolation: the interpolation of transformed images; by default as in the model's training.
  ///   - seed: the seed of all values that are not on a grid.
  ///   - threads: the number of threads; the result does not depend on it.
  ///   - progress: called on the calling thread with the fraction done.
  public static func measure(
    _ model: TypedModel, on images: any ImageSource, training: (any ImageSource)? = nil,
    interpolation: Interpolation? = nil, seed: UInt64 = 0, threads: Int = 1,
    progress: (Double) -> Void = { _ in }
  ) throws(EvaluationError) -> Evaluation {
    guard model.architecture.schema.freeCount <= EvaluationError.maximumLatents else {
      throw .tooManyLatents(model.architecture.schema.freeCount)
    }
    let interpolation = interpolation ?? model.details.interpolation
    let network: TypedAutoencoder
    do {
      network = try TypedAutoencoder(model.architecture, tensors: model.weights)
    } catch {
      throw .weightsDoNotFit(error)
    }
    let grid = TransformGrid(schema: model.architecture.schema, seed: seed)
    let scores = Scores(
      count: images.count, grid: grid, hasCertainties: !model.architecture.compass.isEmpty)
    let workers = (0..<threads).map { _ in
      EvaluationWorker(network: network, images: images, interpolation: interpolation, scores: scores)
    }
    let team = ThreadTeam(count: threads)
    let chunk = EvaluationWorker.imagesAtOnce * threads * 4
    for start in stride(from: 0, to: images.count, by: chunk) {
      let indices = start..<min(start + chunk, images.count)
      team.run { part in
        let range = partition(part, of: threads, count: indices.count)
        workers[part].measure(indices.lowerBound + range.lowerBound..<indices.lowerBound + range.upperBound)
      }
      progress(Double(indices.upperBound) / Double(images.count))
    }
    let probe = training.flatMap { training in
      LinearProbe(network: network, training: training, interpolation: interpolation, team: team)
    }
    return EvaluationSummary(scores: scores, images: images, probe: probe)
      .evaluation(pixels: model.architecture.valueCount, interpolation: interpolation)
  }
}
