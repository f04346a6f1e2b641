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
  private let heldOutCount: Int
  private let threads: Int
  private let team: ThreadTeam
  private let network: TypedAutoencoder
  private let pass: BatchPass
  private let batches: BatchSource
  private var optimizer: Adam?
  private var check: GradientOverflowCheck?

  /// Continues from `state` with a data set's training images.
  ///
  /// - Parameters:
  ///   - images: the images to train on, followed by the held-out ones; where classes are not mixed, the held-out ones
  ///     are chosen by class (see `HeldOutOrder`).
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
    let batchesPerEpoch = (images.count - heldOutCount + recipe.batchSize - 1) / recipe.batchSize
    guard recipe.contains(state.position, batchesPerEpoch: batchesPerEpoch) else {
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
    self.threads = max(1, threads)
    team = ThreadTeam(count: self.threads) {
      SubnormalNumbers.flush()
      prepareThread()
    }
    position = state.position
    pass = BatchPass(network, capacity: recipe.batchSize)
    pass.keepsOutputs = false
    batches = BatchSource(
      of: configuration.ordersHeldOut ? HeldOutOrder.arranged(images, heldOut: heldOutCount) : images,
      heldOutCount: heldOutCount, configuration, into: pass, threads: self.threads)
    try SubnormalNumbers.flushed { () throws(TrainingError) in
      try startPhase(moments: state.moments, steps: state.optimizerSteps)
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
  public var imageCount: Int { batches.imageCount }

  /// The number of batches in an epoch.
  public var batchesPerEpoch: Int {
    (imageCount + configuration.recipe.batchSize - 1) / configuration.recipe.batchSize
  }

  /// Performs the next step; returns nil at the end of the run.
  ///
  /// - Throws: `TrainingError` where a loss or gradient is not finite. Except for a held-out loss, the step
  ///   is not taken: weights and position stay.
  public func step() throws(TrainingError) -> StepReport? {
    try SubnormalNumbers.flushed { () throws(TrainingError) in
      guard let phase, let optimizer, let check else { return nil }
      let plan = phase.plan
      let count = batches.selectBatch(position.batch, plan: plan)
      forEachPart(of: count) { rows, part in
        batches.load(rows: rows, plan: plan, part: part)
        pass.forward(plan, rows: rows, latentsAreGiven: batches.givesLatents)
        pass.measureLosses(plan, rows: rows, batch: count)
        pass.backward(plan, rows: rows, batch: count)
        check.measure(rows: rows, thread: part)
      }
      let losses = Losses(of: pass, plan, groups: batches.groups, count: count)
      try checkFinite(losses, check, count: count)
      optimizer.beginStep(
        rate: configuration.recipe.schedule.rate(step: optimizer.steps, of: phase.epochs * batchesPerEpoch))
      team.run { part in
        optimizer.computeGradientsAndUpdate(from: pass, batch: count, part: part, of: threads)
      }
      return try advance(images: count, losses: losses)
    }
  }

  /// Calls `body` on each thread with its rows of a batch of `count` and its number.
  private func forEachPart(of count: Int, _ body: (_ rows: Range<Int>, _ part: Int) -> Void) {
    team.run { part in
      let rows = partition(part, of: threads, count: count)
      if !rows.isEmpty { body(rows, part) }
    }
  }

  private func checkFinite(
    _ losses: Losses, _ check: GradientOverflowCheck, count: Int
  ) throws(TrainingError) {
    if let part = losses.notFinite {
      throw .lossNotFinite(position, of: part, tensor: pass.firstNonFiniteWeight(rows: 0..<count))
    }
    if let tensor = check.firstOverflow(batch: count) { throw .gradientNotFinite(position, of: tensor) }
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
    report.heldOut = heldOutLosses(phase.plan)
    if report.heldOut?.notFinite != nil { throw .lossNotFinite(done, of: .heldOut) }
    position.batch = 0
    position.epoch += 1
    if position.epoch >= phase.epochs {
      report.endsPhase = true
      position = TrainingPosition(phase: position.phase + 1)
      try startPhase(moments: [], steps: 0)
    } else {
      batches.startEpoch(at: position)
    }
    return report
  }

  /// The losses of up to 1,000 held-out images, with the same transforms each time.
  private func heldOutLosses(_ plan: StepPlan) -> Losses? {
    let indices = Array(imageCount + heldOutCount - min(heldOutCount, 1000)..<imageCount + heldOutCount)
    guard !indices.isEmpty else { return nil }
    var sum = Losses.zero
    for start in stride(from: 0, to: indices.count, by: configuration.recipe.batchSize) {
      let chunk = indices[start..<min(start + configuration.recipe.batchSize, indices.count)]
      let count = batches.selectHeldOut(chunk, plan: plan, phase: position.phase)
      forEachPart(of: count) { rows, part in
        batches.load(rows: rows, plan: plan, part: part)
        pass.forward(plan, rows: rows, latentsAreGiven: batches.givesLatents)
        pass.measureLosses(plan, rows: rows, batch: count)
      }
      sum.add(
        Losses(of: pass, plan, groups: batches.groups, count: count),
        weight: Double(count) / Double(indices.count))
    }
    return sum
  }

  /// Prepares the optimizer and the batches for the current phase and epoch; skips phases without epochs.
  private func startPhase(moments: [NamedTensor], steps: Int) throws(TrainingError) {
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
    check = GradientOverflowCheck(pass, learning: phase.plan.learning, threads: threads)
    batches.prepareLatents(for: phase, team)
    batches.startEpoch(at: position)
  }
}
