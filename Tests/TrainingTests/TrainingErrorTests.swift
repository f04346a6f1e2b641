import Goldens
import Networks
import Testing

@testable import Training

@Suite struct TrainingErrorTests {
  @Test(arguments: [(0, 1e-3), (-1, 1e-3), (8, 0), (8, -1e-3), (8, .infinity), (8, .nan)])
  func invalidSettingsAreRejected(batchSize: Int, learningRate: Double) {
    let configuration = TinyRun.configuration(batchSize: batchSize, learningRate: learningRate)
    let error = #expect(throws: TrainingError.self) { try TinyRun.start(configuration) }
    guard case .invalidSettings(let size, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(size == batchSize)
  }

  @Test func theAdviceForTooFewImagesIsPossible() {
    func text(_ heldOut: Int) -> String {
      "\(TrainingError.tooFewImages(count: 20, heldOut: heldOut, batchSize: 128))"
    }
    let start = "20 training images, "
    #expect(
      text(4) == start + "4 of them held out, do not fill one batch of 128; use --batch-size 16 or less")
    #expect(text(19) == start + "19 of them held out, do not fill one batch of 128; use --batch-size 1")
    #expect(text(20) == start + "20 of them held out, leave none to train on")
    #expect(text(21) == "21 images cannot be held out of 20 training images")
    #expect(text(-1) == "-1 images cannot be held out of 20 training images")
  }

  @Test func tooFewImages() throws {
    func start(count: Int, heldOut: Int) throws(TrainingError) -> TrainingRun {
      try TinyRun.start(TinyRun.configuration(heldOutCount: heldOut), images: BlobImages(count: count))
    }
    #expect(throws: TrainingError.tooFewImages(count: 10, heldOut: 3, batchSize: 8)) {
      try start(count: 10, heldOut: 3)
    }
    #expect(throws: TrainingError.tooFewImages(count: 60, heldOut: -1, batchSize: 8)) {
      try start(count: 60, heldOut: -1)
    }
    #expect(try start(count: 11, heldOut: 3).batchesPerEpoch == 1)
  }

  @Test func weightsAndMomentsOfAnotherNetwork() throws {
    var state = TrainingState(TinyRun.configuration())
    let last = state.weights.removeLast()
    #expect(throws: TrainingError.weightsDoNotFit(.missing("decoder.4.bias"))) {
      try TrainingRun(state, images: BlobImages(), threads: 1)
    }
    state.weights.append(last)
    let run = try TrainingRun(state, images: BlobImages(), threads: 1)
    _ = try run.step()
    state = run.state
    state.moments.removeFirst()
    #expect(throws: TrainingError.weightsDoNotFit(.missing("encoder_backbone.0.weight.exp_avg"))) {
      try TrainingRun(state, images: BlobImages(), threads: 1)
    }
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func weightsAndMomentsThatAreNotFinite(value: Float) throws {
    var state = TrainingState(TinyRun.configuration())
    state.weights[state.weights.count - 1].values[0] = value
    #expect(throws: TrainingError.weightsNotFinite("decoder.4.bias")) {
      try TrainingRun(state, images: BlobImages(), threads: 1)
    }
    let run = try TinyRun.start(TinyRun.configuration())
    _ = try run.step()
    state = run.state
    state.moments[1].values[3] = value
    #expect(throws: TrainingError.weightsNotFinite("encoder_backbone.0.bias.exp_avg")) {
      try TrainingRun(state, images: BlobImages(), threads: 1)
    }
  }

  /// A state after a few steps with one tensor's values, all finite, so large that sums are not.
  private func state(
    _ name: String, _ value: Float, _ configuration: TrainingConfiguration = TinyRun.configuration()
  ) throws -> TrainingState {
    let run = try TinyRun.start(configuration)
    for _ in 0..<3 { _ = try run.step() }
    var state = run.state
    let index = try #require(state.weights.firstIndex { $0.name == name })
    for place in state.weights[index].values.indices {
      state.weights[index].values[place] = place.isMultiple(of: 2) ? value : -value
    }
    return state
  }

  /// The step at which it happens is not taken: weights, moments and position are those before it.
  private func stops(_ state: TrainingState, threads: Int) throws -> TrainingError {
    let run = try TrainingRun(state, images: BlobImages(), threads: threads)
    let error = #expect(throws: TrainingError.self) { while try run.step() != nil {} }
    // Without the states themselves, which are pages long.
    let isUnchanged = run.state == state
    #expect(isUnchanged)
    return try #require(error)
  }

  @Test(arguments: ["encoder_backbone.0.weight", "decoder.0.weight"], [1, 2])
  func aLossThatIsNotFiniteStopsTheRunBeforeTheStep(name: String, threads: Int) throws {
    #expect(
      try stops(state(name, 3e38), threads: threads)
        == .lossNotFinite(TrainingPosition(batch: 3), of: .reconstruction, tensor: name))
  }

  /// The loss is finite, as each pixel is between 0 and 1, whatever goes into it.
  @Test(arguments: [Float(1e22), 1e30], [1, 2])
  func aGradientThatIsNotFiniteStopsTheRunBeforeTheStep(value: Float, threads: Int) throws {
    #expect(
      try stops(state("head_latent.weight", value), threads: threads)
        == .gradientNotFinite(TrainingPosition(batch: 3), of: "decoder.4.weight"))
  }

  /// Far from overflowing, however large the numbers.
  @Test func largeGradientsAreLearntFrom() throws {
    let run = try TrainingRun(state("head_latent.weight", 1e6), images: BlobImages(), threads: 1)
    while try run.step() != nil {}
    #expect(run.weights.allSatisfy { $0.values.allSatisfy(\.isFinite) })
  }

  @Test(arguments: [
    TrainingPosition(phase: 4), TrainingPosition(phase: -1), TrainingPosition(phase: 0, epoch: 2),
    TrainingPosition(phase: 0, epoch: -1), TrainingPosition(phase: 2, epoch: 1, batch: 8),
    TrainingPosition(phase: 2, epoch: 1, batch: -1), TrainingPosition(phase: 3, epoch: 0, batch: 1),
  ])
  func positionsOutsideTheRecipe(position: TrainingPosition) {
    var state = TrainingState(TinyRun.configuration())
    state.position = position
    #expect(throws: TrainingError.positionOutsideRecipe(position)) {
      try TrainingRun(state, images: BlobImages(), threads: 1)
    }
  }

  @Test func everyErrorHasItsMessage() {
    let errors: [TrainingError] = [
      .invalidSettings(batchSize: 0, learningRate: 1), .tooFewImages(count: 1, heldOut: 2, batchSize: 3),
      .weightsDoNotFit(.missing("x")), .lossNotFinite(TrainingPosition(phase: 1, epoch: 2, batch: 3)),
      .positionOutsideRecipe(TrainingPosition(phase: 1, epoch: 2, batch: 3)), .weightsNotFinite("x"),
      .lossNotFinite(TrainingPosition(), of: .heldOut), .gradientNotFinite(TrainingPosition(), of: "x"),
    ]
    #expect(Set(errors.map(\.description)).count == errors.count)
    #expect(errors[3].description.contains("phase 2, epoch 3, batch 4"))
    #expect(errors[4].description.contains("phase 2, epoch 3, batch 4"))
  }
}
