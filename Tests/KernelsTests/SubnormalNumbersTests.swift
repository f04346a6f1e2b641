import Dispatch
import Primitives
import Testing

@testable import Kernels

@Suite struct SubnormalNumbersTests {
  private struct Fault: Error {}

  /// A subnormal number as operand and as result, unknown to the compiler.
  private static func arithmetic() -> (operand: Float, result: Float) {
    let numbers = RowValues(count: 4)
    numbers[0] = Float(bitPattern: 12345)
    numbers[1] = 0x1p100
    numbers[2] = .leastNormalMagnitude
    numbers[3] = 0.25
    return (numbers[0] * numbers[1], numbers[2] * numbers[3])
  }

  @Test func subnormalOperandsAndResultsAreFlushed() {
    #expect(!SubnormalNumbers.areFlushed)
    let flushed = SubnormalNumbers.flushed { (Self.arithmetic(), SubnormalNumbers.areFlushed) }
    #if arch(x86_64) || arch(arm64)
      #expect(flushed.1)
      #expect(flushed.0.operand == 0 && flushed.0.result == 0)
    #endif
    let plain = Self.arithmetic()
    #expect(plain.operand > 0 && plain.result > 0)
    #expect(!SubnormalNumbers.areFlushed)
  }

  @Test func theModeIsRestoredByErrorsAndWithinItself() {
    #expect(throws: Fault.self) { try SubnormalNumbers.flushed { throw Fault() } }
    #expect(!SubnormalNumbers.areFlushed)
    let inner = SubnormalNumbers.flushed {
      SubnormalNumbers.flushed {}
      return SubnormalNumbers.areFlushed
    }
    #if arch(x86_64) || arch(arm64)
      #expect(inner)
    #endif
    #expect(!SubnormalNumbers.areFlushed)
  }

  /// A thread of a team that flushes for good, next to one of another team and to the caller.
  @Test func onlyTheRequestingThreadFlushes() {
    func modes(_ team: ThreadTeam) -> [Bool] {
      let modes = Locked([Bool](repeating: false, count: team.count))
      team.run { part in modes.withLock { $0[part] = SubnormalNumbers.areFlushed } }
      return modes.withLock { $0 }
    }
    let flushing = ThreadTeam(count: 3) { SubnormalNumbers.flush() }
    let plain = ThreadTeam(count: 3)
    #if arch(x86_64) || arch(arm64)
      #expect(modes(flushing) == [false, true, true])
    #endif
    #expect(modes(plain) == [false, false, false])
    #expect(SubnormalNumbers.flushed { modes(plain) }.dropFirst().allSatisfy { !$0 })
  }
}
