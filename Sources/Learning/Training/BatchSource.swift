import Datasets
import Kernels
import Networks
import Primitives

/// The batches of a run: their images in order, loaded through their transforms into the buffers of a pass.
final class BatchSource {
  /// The number of images to train on; the held-out ones follow them.
  let imageCount: Int
  private let images: any ImageSource
  private let configuration: TrainingConfiguration
  private let pass: BatchPass
  /// One loader for each thread.
  private let loaders: [BatchLoader]
  /// The images of the epoch, in order, and their transforms.
  private var epochOrder: [Int] = []
  private var epochTransforms: TransformSampler
  /// The selected batch and its transforms.
  private var batch: BatchOrder
  private var transforms: TransformSampler
  /// The latents of all images, where they are constant during the phase.
  private var constantLatents: Matrix?

  init(
    of images: any ImageSource, heldOutCount: Int, _ configuration: TrainingConfiguration,
    into pass: BatchPass,
    threads: Int
  ) {
    let recipe = configuration.recipe
    self.images = images
    self.configuration = configuration
    self.pass = pass
    imageCount = images.count - heldOutCount
    loaders = (0..<threads).map { _ in
      BatchLoader(
        images: images, schema: configuration.architecture.schema, interpolation: recipe.interpolation)
    }
    batch = BatchOrder(of: images, capacity: recipe.batchSize)
    transforms = TransformSampler(configuration, purpose: .transforms, phase: 0)
    epochTransforms = transforms
  }

  /// The rows of each of the plan's groups in the selected batch.
  var groups: [Range<Int>] { batch.groups }

  /// Tells whether batches are loaded with latents instead of inputs.
  var givesLatents: Bool { constantLatents != nil }

  /// Shuffles the images and selects the transforms for the epoch at `position`.
  func startEpoch(at position: TrainingPosition) {
    var stream = RandomStream(
      seed: configuration.seed, purpose: .order, position.phase, position.epoch)
    epochOrder = Array(0..<imageCount).shuffled(using: &stream)
    epochTransforms = TransformSampler(
      configuration, purpose: .transforms, phase: position.phase, epoch: position.epoch)
  }

  /// Selects the batch with the given number in the epoch; returns its number of images.
  func selectBatch(_ number: Int, plan: StepPlan) -> Int {
    let start = number * configuration.recipe.batchSize
    transforms = epochTransforms
    return select(epochOrder[start..<min(start + configuration.recipe.batchSize, imageCount)], plan)
  }

  /// Selects held-out images with the transforms of a phase's held-out losses, which are the same each time.
  func selectHeldOut(_ indices: ArraySlice<Int>, plan: StepPlan, phase: Int) -> Int {
    transforms = TransformSampler(configuration, purpose: .evaluation, phase: phase)
    return select(indices, plan)
  }

  private func select(_ indices: ArraySlice<Int>, _ plan: StepPlan) -> Int {
    batch.sort(indices, plan: plan, sampler: transforms)
    pass.targetsAreInputs =
      plan.groups.allSatisfy(\.targetIsInput) && !givesLatents && configuration.recipe.jitter == nil
    return indices.count
  }

  /// Loads some rows of the selected batch, on thread `part`.
  func load(rows: Range<Int>, plan: StepPlan, part: Int) {
    loaders[part].load(
      batch, rows: rows, sampler: transforms, plan: plan, into: pass, latents: constantLatents)
  }

  /// Encodes all upright images with the current weights, if their latents are constant during `phase`.
  func prepareLatents(for phase: Phase, _ team: ThreadTeam) {
    constantLatents = configuration.recipe.hasConstantLatents(in: phase) ? encodeAll(team) : nil
  }

  private func encodeAll(_ team: ThreadTeam) -> Matrix {
    let all = Matrix(rows: images.count, columns: configuration.architecture.schema.freeCount)
    for start in stride(from: 0, to: images.count, by: pass.capacity) {
      let count = min(pass.capacity, images.count - start)
      team.run { part in
        let rows = partition(part, of: loaders.count, count: count)
        guard !rows.isEmpty else { return }
        for row in rows { loaders[part].load(start + row, values: nil, into: pass.inputs, row: row) }
        pass.encode(rows: rows, codes: false)
        for row in rows { all.setRow(start + row, toRow: row, of: pass.latents) }
      }
    }
    return all
  }
}
