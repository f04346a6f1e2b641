import Testing

@testable import SessionBenchmark

@Suite struct WakeupsTests {
  @Test func aThreadsSwitchesAreBothKindsTogether() {
    let status = "Name:\tlatent-explorer\nvoluntary_ctxt_switches:\t150\nnonvoluntary_ctxt_switches:\t7\n"
    #expect(Wakeups.switches(inStatus: status) == 157)
    #expect(Wakeups.switches(inStatus: "Name:\tlatent-explorer\n") == 0)
  }

  @Test func threadsThatCameOrWentWereWoken() {
    let before = Wakeups(["1": 10, "2": 20])
    #expect(before.since(before) == 0)
    #expect(Wakeups(["1": 13, "2": 20]).since(before) == 3)
    #expect(Wakeups(["1": 10]).since(before) == 1)
    #expect(Wakeups(["1": 10, "2": 20, "3": 2]).since(before) == 2)
  }

  @Test func aProcessThatIsNotThereHasNone() {
    #expect(Wakeups(of: Int32.max) == nil)
  }
}
