import Primitives
import Synchronization
import Testing

@testable import Kernels

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

@Suite struct ThreadTeamTests {
  @Test(arguments: [1, 2, 3, 5])
  func everyPartRunsOnceInEveryTask(count: Int) {
    let team = ThreadTeam(count: count)
    let runs = RowValues(count: count)
    for task in 1...2000 {
      team.run { runs[$0] += 1 }
      let counts = (0..<count).map { runs[$0] }
      guard counts != [Float](repeating: Float(task), count: count) else { continue }
      Issue.record("\(counts) instead of \(task)")
      return
    }
  }

  /// Threads that have gone to sleep between two tasks wake up for the next.
  @Test func sleepingThreadsAreWoken() async throws {
    let team = ThreadTeam(count: 3)
    let sum = Atomic(0)
    for _ in 0..<5 {
      team.run { sum.wrappingAdd($0, ordering: .relaxed) }
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(sum.load(ordering: .relaxed) == 15)
  }

  /// Teams come and go, with and without tasks.
  @Test func manyTeams() {
    for round in 0..<50 {
      let team = ThreadTeam(count: 4)
      let runs = RowValues(count: 4)
      if round % 2 == 0 { team.run { runs[$0] = 1 } }
      #expect(runs.sum(rows: 0..<4) == (round % 2 == 0 ? 4 : 0))
    }
  }

  /// Each thread but the caller's, before its first part.
  @Test func everyThreadIsPrepared() {
    let unprepared = Atomic(0)
    let threads = PreparedThreads()
    let team = ThreadTeam(count: 4, prepareThread: { threads.add() })
    for _ in 0..<100 {
      team.run { part in
        if (part == 0) == threads.hasCaller { unprepared.wrappingAdd(1, ordering: .relaxed) }
      }
    }
    #expect(threads.count == 3)
    #expect(unprepared.load(ordering: .relaxed) == 0)
  }

  @Test func aTeamOfOneRunsOnTheCaller() {
    let ran = Atomic(0)
    ThreadTeam(count: 0).run { ran.store($0 + 1, ordering: .relaxed) }
    #expect(ran.load(ordering: .relaxed) == 1)
  }
}

/// The threads that a team has had prepared.
private final class PreparedThreads: Sendable {
  private let threads = Locked<Set<String>>([])

  var count: Int { threads.withLock { $0.count } }
  /// True if the calling thread is among them.
  var hasCaller: Bool { threads.withLock { $0.contains(Self.caller) } }

  func add() { threads.withLock { _ = $0.insert(Self.caller) } }

  private static var caller: String { "\(pthread_self())" }
}
