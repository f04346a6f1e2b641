import Testing

@testable import Primitives

@Suite struct RandomStreamTests {
  @Test func readingInOrderAndByPositionAgree() {
    var stream = RandomStream(seed: 7, [1, 2])
    let byPosition = RandomStream(seed: 7, [1, 2])
    for position in 0..<100 {
      #expect(stream.next() == byPosition.bits(at: UInt64(position)))
    }
  }

  @Test func seedAndPathNameDifferentStreams() {
    let streams = [
      RandomStream(seed: 1), RandomStream(seed: 2), RandomStream(seed: 1, [0]), RandomStream(seed: 1, [1]),
      RandomStream(seed: 1, [0, 1]), RandomStream(seed: 1, [1, 0]),
    ]
    #expect(Set(streams.map { $0.bits(at: 0) }).count == streams.count)
  }

  @Test func uniformNumbersHaveTheRightMoments() {
    let stream = RandomStream(seed: 3)
    let numbers = (0..<100_000).map { stream.uniform(at: $0) }
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count)
    #expect(numbers.allSatisfy { (0..<1).contains($0) })
    #expect(abs(mean - 0.5) < 0.004)
    #expect(abs(variance - 1.0 / 12) < 0.002)
  }

  @Test func normalNumbersHaveTheRightMoments() {
    var stream = RandomStream(seed: 4)
    let numbers = (0..<100_000).map { _ in stream.normal() }
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count)
    #expect(abs(mean) < 0.015)
    #expect(abs(variance - 1) < 0.025)
  }
}
