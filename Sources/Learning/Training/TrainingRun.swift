import Coordinates
import Datasets
import Kernels
import Networks
import Primitives

/// The result of one step.
public struct StepReport: Sendable, Hashable {
  /// The position of the batch.
  public var position: TrainingPosition
  /// The number of images in the batch.
  public var images: Int
  /// The losses before the step.
  public var losses: Losses
  /// The held-out losses after the step, at the end of an epoch, if images are held out.
  public var heldOut: Losses?
  /// Tells whether the step ended its epoch.
  public var endsEpoch: Bool
  /// Tells whether the step ended its phase.
  public var endsPhase: Bool
}

/// A training run, advanced step by step on the calling thread.
///
/// Losses and weights are bitwise identical for any number of threads. Threads flush subnormal numbers to
/// zero while they train; the caller's mode is restored when a call returns.
public final class TrainingRun {
  /// Architecture, recipe and seed.
  public let configuration: TrainingConfiguration
  /// The position of the next batch.
  public private(set) var position: TrainingPosition
  private let images: any ImageSource
  private let heldOutCount: Int
  private let threads: Int
  private let team: ThreadTeam
  private let network: TypedAutoencoder
  private let pass: BatchPass
  private let loaders: [BatchLoader]
  private var optimizer: Adam?
  private var check: GradientCheck?
  private var order: [Int] = []
  private var batchOrder: BatchOrder
  private var transforms: TransformSampler
  /// The latents of all images, where they are constant during the phase.
  private var constantLatents: Matrix?

  /// Continues from `state` with a data set's training images.
  ///
  /// - Parameters:
  ///   - images: the images to train on, followed by the held-out ones.
  ///   - threads: the number of threads; the result does not depend on it.
  ///   - prepareThread: called first on each of the run's own threads.
  /// - Throws: `TrainingError` where recipe, images or weights are not usable.
  public init(
    _ state: TrainingState, images: any ImageSource, threads: Int,
    prepareThread: @escaping @Sendable () -> Void = {}
  ) throws(TrainingError) {
    let heldOutCount =
      state.configuration.heldOutCount ?? TrainingConfiguration.defaultHeldOutCount(of: images.count)
    var configuration = state.configuration
    configuration.heldOutCount = heldOutCount
    self.configuration = configuration
    self.heldOutCount = heldOutCount
    let recipe = configuration.recipe
    guard recipe.batchSize >= 1, recipe.learningRate.isFinite, recipe.learningRate > 0 else {
      throw .invalidSettings(batchSize: recipe.batchSize, learningRate: recipe.learningRate)
    }
    guard heldOutCount >= 0, images.count - heldOutCount >= recipe.batchSize else {
      throw .tooFewImages(count: images.count, heldOut: heldOutCount, batchSize: recipe.batchSize)
    }
    let batches = (images.count - heldOutCount + recipe.batchSize - 1) / recipe.batchSize
    guard recipe.contains(state.position, batchesPerEpoch: batches) else {
      throw .positionOutsideRecipe(state.position)
    }
    do {
      network = try TypedAutoencoder(configuration.architecture, tensors: state.weights)
    } catch {
      throw .weightsDoNotFit(error)
    }
    if let tensor = (state.weights + state.moments).first(where: { !$0.values.allSatisfy(\.isFinite) }) {
      throw .weightsNotFinite(tensor.name)
    }
    self.images = images
    transforms = Self.transforms(configuration, state.position)
    batchOrder = BatchOrder(of: images, capacity: recipe.batchSize)
    self.threads = max(1, threads)
    team = ThreadTeam(count: self.threads) {
      SubnormalNumbers.flush()
      prepareThread()
    }
    position = state.position
    pass = BatchPass(network, capacity: recipe.batchSize)
    pass.keepsOutputs = false
    loaders = (0..<self.threads).map { _ in
      BatchLoader(
        images: images, schema: state.configuration.architecture.schema, interpolation: recipe.interpolation)
    }
    try SubnormalNumbers.flushed { () throws(TrainingError) in
      try continuePhase(moments: state.moments, steps: state.optimizerSteps)
    }
  }

  /// Starts with weights drawn from the configuration's seed.
  public convenience init(
    _ configuration: TrainingConfiguration, images: any ImageSource, threads: Int
  ) throws(TrainingError) {
    try self.init(TrainingState(configuration), images: images, threads: threads)
  }

  /// The current phase; nil at the end of the run.
  public var phase: Phase? {
    let phases = configuration.recipe.phases
    return position.phase < phases.count ? phases[position.phase] : nil
  }

  /// The current weights.
  public var weights: [NamedTensor] { network.tensors }

  /// The state that determines the next step.
  public var state: TrainingState {
    var state = TrainingState(configuration, phase: position.phase, weights: weights)
    state.position = position
    if let optimizer, optimizer.steps > 0 {
      state.moments = optimizer.moments
      state.optimizerSteps = optimizer.steps
    }
    return state
  }

  /// The number of images to train on.
  public var imageCount: Int { images.count - heldOutCount }

  /// The number of batches in an epoch.
  public var batchesPerEpoch: Int {
    (imageCount + configuration.recipe.batchSize - 1) / configuration.recipe.batchSize
  }

  /// Performs the next step; returns nil at the end of the run.
  ///
  /// - Throws: `TrainingError` where a loss or gradient is not finite. Except for a held-out loss, the step
  ///   is not taken: weights and position stay.
  public func step() throws(TrainingError) -> StepReport? {
    try SubnormalNumbers.flushed { () throws(TrainingError) in try learnFromNextBatch() }
  }

  private func learnFromNextBatch() throws(TrainingError) -> StepReport? {
    guard let phase, let optimizer, let check else { return nil }
    let batchSize = configuration.recipe.batchSize
    let indices = order[position.batch * batchSize..<min((position.batch + 1) * batchSize, imageCount)]
    fill(indices, phase: phase, sampler: transforms, check: check)
    let losses = losses(of: indices.count, plan: phase.plan)
    if let part = losses.notFinite {
      throw .lossNotFinite(position, of: part, tensor: pass.firstNonFiniteWeight(rows: 0..<indices.count))
    }
    if let tensor = check.fault(batch: indices.count) { throw .gradientNotFinite(position, of: tensor) }
    optimizer.beginStep(
      rate: configuration.recipe.schedule.rate(step: optimizer.steps, of: phase.epochs * batchesPerEpoch))
    team.run { part in
      optimizer.update(from: pass, batch: indices.count, part: part, of: threads)
    }
    return try advance(images: indices.count, losses: losses)
  }

  /// Fills the batch and runs forward pass, losses and gradients of all layers' inputs.
  private func fill(
    _ batch: ArraySlice<Int>, phase: Phase, sampler: TransformSampler, check: GradientCheck? = nil
  ) {
    batchOrder.sort(batch, phase: phase, sampler: sampler)
    let order = batchOrder
    pass.targetsAreInputs =
      phase.groups.allSatisfy(\.targetIsInput) && constantLatents == nil && configuration.recipe.jitter == nil
    team.run { part in
      let rows = partition(part, of: threads, count: batch.count)
      guard !rows.isEmpty else { return }
      loaders[part].load(
        order, rows: rows, sampler: sampler, phase: phase, into: pass, latents: constantLatents)
      pass.run(phase.plan, rows: rows, batch: batch.count, latentsAreGiven: constantLatents != nil)
      check?.measure(rows: rows, part: part)
    }
  }

  private func losses(of count: Int, plan: StepPlan) -> Losses {
    let pixels = Double(count * configuration.architecture.pixelCount)
    var losses = Losses.zero
    losses.reconstruction = pass.squaredErrors.sum(rows: 0..<count) / pixels
    losses.total = Double(plan.reconstructionWeight) * losses.reconstruction
    var counted = 0
    for (task, rows) in zip(plan.tasks, batchOrder.groups) where task.coordinateWeight != 0 {
      let sum = pass.codeErrors.sum(rows: rows)
      losses.coordinates += sum
      losses.total += Double(task.coordinateWeight) * sum / Double(count)
      counted += rows.count
    }
    losses.coordinates /= Double(max(counted, 1))
    if plan.learning.contains(.typedHeads), plan.stageWeights != .none {
      losses.stages = pass.stageErrors.sum(rows: 0..<count) / Double(count)
      losses.total += losses.stages
    }
    return losses
  }

  /// Advances to the next batch, epoch or phase.
  private func advance(images count: Int, losses: Losses) throws(TrainingError) -> StepReport {
    let done = position
    var report = StepReport(
      position: done, images: count, losses: losses, heldOut: nil, endsEpoch: false, endsPhase: false)
    guard position.batch + 1 == batchesPerEpoch, let phase else {
      position.batch += 1
      return report
    }
    report.endsEpoch = true
    report.heldOut = heldOutLosses(phase: phase)
    if report.heldOut?.notFinite != nil { throw .lossNotFinite(done, of: .heldOut) }
    position.batch = 0
    position.epoch += 1
    if position.epoch >= phase.epochs {
      report.endsPhase = true
      position = TrainingPosition(phase: position.phase + 1)
      try continuePhase(moments: [], steps: 0)
    } else {
      shuffle()
    }
    return report
  }

  /// The phase's losses over up to 1,000 held-out images, with the same transforms each time.
  private func heldOutLosses(phase: Phase) -> Losses? {
    let indices = Array(images.count - min(heldOutCount, 1000)..<images.count)
    guard !indices.isEmpty else { return nil }
    let sampler = TransformSampler(configuration, purpose: .evaluation, phase: position.phase)
    var sum = Losses.zero
    for start in stride(from: 0, to: indices.count, by: configuration.recipe.batchSize) {
      let chunk = indices[start..<min(start + configuration.recipe.batchSize, indices.count)]
      fill(chunk, phase: phase, sampler: sampler)
      let fraction = Double(chunk.count) / Double(indices.count)
      let part = losses(of: chunk.count, plan: phase.plan)
      sum.total += fraction * part.total
      sum.reconstruction += fraction * part.reconstruction
      sum.coordinates += fraction * part.coordinates
      sum.stages += fraction * part.stages
    }
    return sum
  }

  /// Prepares the optimizer and the order of the images for the current phase and epoch; skips phases without
  /// epochs.
  private func continuePhase(moments: [NamedTensor], steps: Int) throws(TrainingError) {
    while let phase, phase.epochs < 1 { position = TrainingPosition(phase: position.phase + 1) }
    guard let phase else {
      optimizer = nil
      check = nil
      return
    }
    let settings = AdamSettings(
      learningRate: configuration.recipe.learningRate, weightDecay: configuration.recipe.weightDecay)
    let adam = Adam(network, learning: phase.plan.learning, settings: settings)
    if steps > 0 {
      do {
        try adam.load(moments: moments, steps: steps)
      } catch {
        throw .weightsDoNotFit(error)
      }
    }
    optimizer = adam
    check = GradientCheck(pass, learning: phase.plan.learning, parts: threads)
    constantLatents = configuration.recipe.hasConstantLatents(in: phase) ? readAllLatents() : nil
    shuffle()
  }

  /// Encodes all upright images with the current weights.
  private func readAllLatents() -> Matrix {
    let all = Matrix(rows: images.count, columns: configuration.architecture.schema.freeCount)
    for start in stride(from: 0, to: images.count, by: pass.capacity) {
      let count = min(pass.capacity, images.count - start)
      team.run { part in
        let rows = partition(part, of: threads, count: count)
        guard !rows.isEmpty else { return }
        for row in rows { loaders[part].load(start + row, values: nil, into: pass.inputs, row: row) }
        pass.encode(rows: rows, codes: false)
        for row in rows { all.setRow(start + row, toRow: row, of: pass.latents) }
      }
    }
    return all
  }

  private static func transforms(
    _ configuration: TrainingConfiguration, _ position: TrainingPosition
  ) -> TransformSampler {
    TransformSampler(
      configuration, purpose: .transforms, phase: position.phase, epoch: position.epoch)
  }

  /// Shuffles the images and selects the transforms for the current epoch.
  private func shuffle() {
    var stream = RandomStream(
      seed: configuration.seed, purpose: .order, position.phase, position.epoch)
    order = Array(0..<imageCount).shuffled(using: &stream)
    transforms = Self.transforms(configuration, position)
  }
}
