import Networks
import Testing

@testable import Training

@Suite struct TrainingErrorTests {
  @Test(arguments: [(0, 1e-3), (-1, 1e-3), (8, 0), (8, -1e-3), (8, .infinity), (8, .nan)])
  func settingsThatCannotBeTrainedWith(batchSize: Int, learningRate: Double) {
    let configuration = TinyRun.configuration(batchSize: batchSize, learningRate: learningRate)
    let error = #expect(throws: TrainingError.self) { try TinyRun.start(configuration) }
    guard case .invalidSettings(let size, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(size == batchSize)
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

  @Test func aLossThatIsNotFiniteStopsTheRunBeforeTheStep() throws {
    var state = TrainingState(TinyRun.configuration())
    state.weights[state.weights.count - 1].values[0] = .nan
    let run = try TrainingRun(state, images: BlobImages(), threads: 1)
    #expect(throws: TrainingError.lossNotFinite(TrainingPosition())) { try run.step() }
    #expect(TinyRun.bits(run.weights) == TinyRun.bits(state.weights))
    #expect(run.position == TrainingPosition())
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

  @Test func everyErrorHasItsSentence() {
    let errors: [TrainingError] = [
      .invalidSettings(batchSize: 0, learningRate: 1), .tooFewImages(count: 1, heldOut: 2, batchSize: 3),
      .weightsDoNotFit(.missing("x")), .lossNotFinite(TrainingPosition(phase: 1, epoch: 2, batch: 3)),
      .positionOutsideRecipe(TrainingPosition(phase: 1, epoch: 2, batch: 3)),
    ]
    #expect(Set(errors.map(\.description)).count == errors.count)
    #expect(errors[3].description.contains("phase 2, epoch 3, batch 4"))
    #expect(errors[4].description.contains("phase 2, epoch 3, batch 4"))
  }
}
