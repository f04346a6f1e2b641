import Primitives
import Testing

@Suite struct NaturalOrderTests {
  @Test(arguments: [
    ["1", "2", "10", "100"], ["a", "B", "c"], ["00000.png", "00001.png", "00010.png"],
    ["x", "x1", "x02", "x2", "x10"],
    ["", "0", "a"], ["A", "a"], ["9", "99999999999999999999999999"], ["a2b10", "a10b2"],
  ])
  func namesAreSorted(names: [String]) {
    #expect(names.reversed().sorted(by: NaturalOrder.precedes) == names)
    for (index, one) in names.enumerated() {
      #expect(!NaturalOrder.precedes(one, one))
      for other in names[(index + 1)...] {
        #expect(NaturalOrder.precedes(one, other) && !NaturalOrder.precedes(other, one), "\(one) \(other)")
      }
    }
  }
}
