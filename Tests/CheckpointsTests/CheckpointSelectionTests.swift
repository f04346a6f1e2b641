import Testing

@testable import Checkpoints

@Suite struct CheckpointSelectionTests {
  /// Checkpoints by step, with a held-out loss and its phase where an epoch ended.
  private func selection(_ marks: [(Int, (phase: Int, loss: Double)?)]) -> CheckpointSelection {
    var selection = CheckpointSelection()
    for (steps, heldOut) in marks {
      var progress = RunProgress()
      progress.steps = steps
      progress.heldOut = heldOut.map { RunProgress.HeldOutLoss(phase: $0.phase, loss: $0.loss) }
      selection.add(progress)
    }
    return selection
  }

  @Test func theLastThreeAreKept() {
    #expect(selection([]).kept == [])
    #expect(selection([(1, nil), (2, nil)]).kept == [1, 2])
    #expect(selection([(4, nil), (1, nil), (2, nil), (3, nil)]).kept == [2, 3, 4])
  }

  @Test func theBestIsKeptBesides() {
    let some = selection([(1, (0, 0.5)), (2, (0, 0.2)), (3, (0, 0.2)), (4, nil), (5, (0, 0.3)), (6, nil)])
    #expect(some.kept == [2, 4, 5, 6])
    #expect(some.best?.steps == 2)
  }

  @Test func lossesOfEarlierPhasesAreIgnored() {
    let some = selection([(1, (0, 0.1)), (2, (1, 0.9)), (3, (1, 0.8)), (4, nil), (5, nil), (6, nil)])
    #expect(some.kept == [3, 4, 5, 6])
    // Until the next phase has a loss of its own, the best of the phase before stays.
    #expect(selection([(1, (0, 0.1)), (2, nil), (3, nil), (4, nil)]).kept == [1, 2, 3, 4])
  }

  @Test func deletedCheckpointsAreForgotten() {
    var some = selection((1...9).map { ($0, $0 == 2 ? (0, 0.1) : nil) })
    some.prune()
    #expect(some.kept == [2, 7, 8, 9])
    #expect(some == selection([(2, (0, 0.1)), (7, nil), (8, nil), (9, nil)]))
  }

  @Test func aBetterLossOrANewerPhaseWouldBeBest() {
    func wouldBeBest(_ phase: Int, _ loss: Double, of some: CheckpointSelection) -> Bool {
      some.wouldBeBest(RunProgress.HeldOutLoss(phase: phase, loss: loss))
    }
    let some = selection([(1, (1, 0.5))])
    #expect(wouldBeBest(1, 0.4, of: some) == true)
    #expect(wouldBeBest(1, 0.5, of: some) == false)
    #expect(wouldBeBest(2, 9, of: some) == true)
    #expect(wouldBeBest(0, 0, of: some) == false)
    #expect(some.wouldBeBest(nil) == false)
    #expect(wouldBeBest(0, 1, of: selection([(1, nil)])) == true)
  }
}
