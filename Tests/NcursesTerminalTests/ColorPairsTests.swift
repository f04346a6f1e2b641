import Screen
import Testing

@testable import NcursesTerminal

@Suite struct ColorPairsTests {
  private func pair(_ number: Int) -> ColorPair {
    ColorPair(foreground: .rgb(UInt8(number & 255), UInt8(number >> 8), 0), background: nil)
  }

  /// Tells whether a pair gets a number, which it then has not yet got in a cell.
  private func hasNumber(_ pair: ColorPair, in pairs: inout ColorPairs) -> Bool {
    pairs.number(of: pair).number > 0
  }

  private func expect(
    _ found: (number: Int, isNew: Bool), _ expected: (Int, Bool), location: SourceLocation = #_sourceLocation
  ) {
    #expect(found == expected, sourceLocation: location)
  }

  @Test func aPairKeepsItsNumber() {
    var pairs = ColorPairs(limit: 10)
    expect(pairs.number(of: .standard), (0, false))
    expect(pairs.number(of: pair(5)), (1, true))
    expect(pairs.number(of: pair(6)), (2, true))
    expect(pairs.number(of: pair(5)), (1, false))
    #expect(pairs[1] == pair(5) && pairs[2] == pair(6) && pairs[3] == nil && pairs[-1] == nil)
  }

  /// A number whose last cell changes is free after the frame, not in it.
  @Test func aNumberIsReusedAfterTheFrameInWhichItsLastCellChanges() {
    var pairs = ColorPairs(limit: 3)
    pairs.reset(cellCount: 2)
    for cell in 0..<2 { pairs.set(pairs.number(of: pair(cell)).number, atCell: cell) }
    pairs.endFrame()
    #expect(!hasNumber(pair(2), in: &pairs))
    pairs.set(0, atCell: 0)
    #expect(!hasNumber(pair(2), in: &pairs))
    pairs.endFrame()
    let reused = pairs.number(of: pair(2))
    #expect(reused == (1, true))
    #expect(pairs[1] == pair(2))
    pairs.set(reused.number, atCell: 0)
    // The pair that lost its number gets another one, once there is one.
    #expect(!hasNumber(pair(0), in: &pairs))
    pairs.set(1, atCell: 1)
    pairs.endFrame()
    expect(pairs.number(of: pair(0)), (2, true))
  }

  /// Random frames: no number ever stands for two pairs on the screen before and after a frame.
  @Test(arguments: 0..<8) func noNumberStandsForTwoPairs(seed: UInt64) {
    var state = seed &* 77 &+ 1
    func random(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    var pairs = ColorPairs(limit: 60)
    pairs.reset(cellCount: 25)
    var shown = [(number: Int, pair: ColorPair)](repeating: (0, .standard), count: 25)
    for _ in 0..<300 {
      let before = shown
      for _ in 0..<random(25) {
        let (cell, wanted) = (random(25), random(4) == 0 ? .standard : pair(random(2000)))
        // 59 numbers are enough for two screens of 25 cells.
        let number = pairs.number(of: wanted).number
        pairs.set(number, atCell: cell)
        shown[cell] = (number, wanted)
      }
      for (number, pair) in shown { #expect(pairs[number] == pair) }
      for (number, pair) in before {
        #expect(shown.allSatisfy { $0.number != number || $0.pair == pair })
      }
      pairs.endFrame()
    }
  }

  @Test func aNewScreenFreesAllNumbers() {
    var pairs = ColorPairs(limit: 2)
    pairs.reset(cellCount: 1)
    pairs.set(pairs.number(of: pair(1)).number, atCell: 0)
    #expect(!hasNumber(pair(2), in: &pairs))
    pairs.reset(cellCount: 4)
    expect(pairs.number(of: pair(1)), (1, false))
    expect(pairs.number(of: pair(2)), (1, true))
  }

  /// Where the others are used up, a cell of two colours has one.
  @Test func coarsePairsHaveNumbersOfTheirOwn() {
    let red = TerminalColor.rgb(200, 0, 0)
    let blue = TerminalColor.rgb(0, 0, 250)
    var pairs = ColorPairs(limit: 5, coarseCount: 2)
    pairs.reset(cellCount: 9)
    for cell in 0..<2 { pairs.set(pairs.number(of: pair(cell)).number, atCell: cell) }
    expect(pairs.number(of: ColorPair(foreground: red, background: blue)), (3, true))
    // 100, 0, 125 is nearest to 95, 0, 135.
    #expect(pairs[3] == ColorPair(foreground: .palette(54), background: .palette(54)))
    pairs.set(3, atCell: 2)
    expect(pairs.number(of: ColorPair(foreground: red, background: nil)), (4, true))
    #expect(pairs[4] == ColorPair(foreground: .palette(160), background: nil))
    pairs.set(4, atCell: 3)
    expect(pairs.number(of: ColorPair(foreground: blue, background: red)), (3, false))
    expect(pairs.number(of: ColorPair(foreground: nil, background: blue)), (0, false))
  }
}
