import Testing
import Training

@testable import ExplorerApp

/// Weights that are shown while a run trains.
@Suite struct WeightsTests {
  /// A run that trains from 1 s on, whose loop asks for weights.
  private func training(until end: Double) throws -> LoopRun {
    let run = try LoopRun()
    try run.press("t Enter", at: 0.5)
    run.every(0.02, from: 1, to: end) { run.training.postStep() }
    return run
  }

  /// Delivers requested weights after a delay.
  private func deliver(_ run: LoopRun, every interval: Double, to end: Double) {
    var delivered = 0
    run.every(interval, from: 1, to: end) {
      guard run.training.requestCount > delivered else { return }
      delivered += 1
      run.training.postWeights(seed: UInt64(100 + delivered))
    }
  }

  @Test func requestsDoNotPileUp() throws {
    let run = try training(until: 6)
    try run.run(until: 6)
    #expect(run.training.requestCount == 1)
  }

  @Test func freeWeightsAreRequestedAgainAndAgain() throws {
    let run = try training(until: 6)
    deliver(run, every: 0.02, to: 6)
    try run.run(until: 6)
    #expect((15...40).contains(run.training.requestCount))
  }

  /// Each showing takes a few measured pieces of work of 2 ms, and all of them less than 0.8 % of the time.
  @Test func costlyWeightsAreRequestedRarely() throws {
    let run = try training(until: 41)
    run.clock.setThreadSecondsPerReading(0.002)
    deliver(run, every: 0.02, to: 41)
    try run.run(until: 41)
    let most = 40 * 0.008 / 0.002
    let count = run.training.requestCount
    #expect(Double(count) <= most)
    #expect(Double(count) >= most / 8)
  }

  @Test func aPausedRunGetsItsNewestWeights() throws {
    let run = try training(until: 3)
    run.clock.setThreadSecondsPerReading(0.1)
    var counts: [Int] = []
    run.at(3) {
      // Requested at the first steps, and delivered after others.
      run.training.postWeights(seed: 101)
      run.training.postStep()
      run.training.post(.paused)
      return []
    }
    run.at(3.5) {
      counts.append(run.training.requestCount)
      run.training.postWeights(seed: 102)
      return []
    }
    run.at(60) {
      counts.append(run.training.requestCount)
      return []
    }
    let state = try run.run(until: 61)
    // Once while it trained, once for the steps since; then nothing is newer.
    #expect(counts == [2, 2])
    #expect(state.unsavedModels.map(\.weights) == [LoopRun.weights(seed: 102)])
  }

  @Test func commandsWaitForTheirRun() throws {
    let run = try LoopRun()
    run.answersAtOnce = false
    try run.press("t Enter", at: 0.5)
    try run.press("Space", at: 0.6)
    var early: [ScriptedTraining.Call] = []
    run.at(0.7) {
      early = run.training.calls
      run.answersAtOnce = true
      return []
    }
    try run.run(until: 1)
    #expect(early == [])
    #expect(run.training.calls.prefix(2) == [.start(.init()), .send(.pause)])
  }

  /// Weights of an earlier run that arrive while another one is prepared are not shown.
  @Test func weightsOfAnEarlierRunAreIgnored() throws {
    let run = try training(until: 2)
    run.at(2) {
      run.training.postWeights(seed: 101)
      return []
    }
    run.at(2.2) {
      run.answersAtOnce = false
      return []
    }
    let state = try run.run(until: 2.3)
    #expect(state.unsavedModels.map(\.weights) == [LoopRun.weights(seed: 101)])

    let other = try training(until: 2)
    // The weights arrive together with the start of another run.
    other.at(1.99) {
      other.answersAtOnce = false
      return []
    }
    other.at(2) {
      other.training.postWeights(seed: 101)
      return []
    }
    try other.press("t Down Enter y", at: 2.2)
    other.at(2.25) {
      other.answersAtOnce = true
      return []
    }
    let later = try other.run(until: 2.3)
    #expect(other.training.calls.count { $0 == .start(TrainingPosition()) } == 2)
    #expect(later.unsavedModels.isEmpty)
  }

  @Test func requestsFollowTheBudget() {
    var requests = WeightRequests()
    func isDue(_ isRunning: Bool, at time: Double) -> Bool {
      requests.request(isRunning: isRunning, at: time)
    }
    #expect(!isDue(true, at: 0))
    requests.noteSteps()
    #expect(isDue(true, at: 0))
    requests.noteSteps()
    #expect(!isDue(false, at: 1))
    requests.noteArrival()
    requests.note(cost: 0.008, at: 1)
    #expect(!isDue(true, at: 1.99))
    #expect(isDue(true, at: 2))
    requests.noteArrival()
    #expect(!isDue(false, at: 100))
    requests.note(cost: 1, at: 3)
    requests.noteSteps()
    #expect(!isDue(true, at: 4))
    #expect(isDue(false, at: 4))
    requests.beginRun()
    requests.noteSteps()
    #expect(isDue(false, at: 5))
  }

  @Test func theBudgetIsAFractionOfTheTime() {
    var budget = WorkBudget(fraction: 0.1)
    #expect(budget.allows(at: -1000))
    budget.note(cost: 0.5, at: 10)
    #expect(!budget.allows(at: 14.9))
    #expect(budget.allows(at: 15))
  }
}
