import Dispatch
import Primitives
import Testing

@Suite struct LockedTests {
  /// Not to be shared between threads, as a network is not.
  private final class Parcel {
    var number: Int

    init(_ number: Int) {
      self.number = number
    }
  }

  @Test func exchangeReturnsThePreviousValue() {
    let locked = Locked<Parcel?>(Parcel(7))
    #expect(locked.exchange(nil)?.number == 7)
    #expect(locked.exchange(Parcel(8)) == nil)
    #expect(locked.exchange(nil)?.number == 8)
  }

  /// Values from many threads are received once each, by one of them or at the end.
  @Test func everyValueIsReceivedExactlyOnce() {
    let locked = Locked<Parcel?>(nil)
    let taken = Locked<[Int]>([])
    DispatchQueue.concurrentPerform(iterations: 1000) { number in
      guard let parcel = locked.exchange(Parcel(number)) else { return }
      parcel.number += 1
      let seen = parcel.number - 1
      taken.withLock { $0.append(seen) }
    }
    let last = locked.exchange(nil).map { [$0.number] } ?? []
    #expect((taken.withLock { $0 } + last).sorted() == Array(0..<1000))
  }
}
