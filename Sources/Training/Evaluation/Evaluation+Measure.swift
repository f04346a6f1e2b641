import Coordinates
import Datasets
import Kernels
import Networks

extension Evaluation {
  /// Measures `model` on `images`.
  ///
  /// - Parameters:
  ///   - training: what the linear probe learns from, the first 20,000 of them; without them there is none.
  ///   - interpolation: how images are transformed, as in the model's training by default.
  ///   - seed: what draws everything that is not on a grid.
  ///   - threads: how many threads measure; the result is the same for any number.
  ///   - progress: called from time to time with the share that is done, always on the calling thread.
  public static func measure(
    _ model: TypedModel, on images: any ImageSource, training: (any ImageSource)? = nil,
    interpolation: Interpolation? = nil, seed: UInt64 = 0, threads: Int = 1,
    progress: (Double) -> Void = { _ in }
  ) throws(EvaluationError) -> Evaluation {
    guard model.architecture.schema.freeCount <= EvaluationError.mostLatents else {
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
    let probe = training.map { training in
      LinearProbe(network: network, training: training, interpolation: interpolation, team: team)
    }
    return EvaluationSummary(scores: scores, images: images, probe: probe)
      .evaluation(pixels: model.architecture.pixelCount, interpolation: interpolation)
  }
}
