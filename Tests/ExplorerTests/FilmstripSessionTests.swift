import Coordinates
import Networks
import Screen
import Testing
import Training

@testable import Explorer

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A person looks along a slider, or from one sample to another.
@Suite struct FilmstripSessionTests {
  @Test func picturesCoverTheRange() throws {
    var state = try TinyExplorer.open()
    try state.press("Down*2 F")
    // Five beside each other, two below each other.
    #expect(state.pages[FilmstripPage.self].frames.count == 10)
    let scale = state.session.scales[2]
    for (index, frame) in state.pages[FilmstripPage.self].frames.enumerated() {
      let value =
        scale.range.lowerBound + Double(index) / 9 * (scale.range.upperBound - scale.range.lowerBound)
      var reading = state.session.sliders
      reading.latents[1] = Float(value)
      #expect(abs(frame.point.latents[1] - Float(value)) < 1e-5)
      #expect(frame.point.values == reading.values)
      let decoded = state.session.modelInUse.inference.decode(frame.point)
      #expect(zip(frame.pixels, decoded).allSatisfy { abs($0 - $1) < 1e-6 })
      #expect(frame.caption == scale.text(value))
    }
    #expect(state.pages[FilmstripPage.self].frames.count { $0.isCurrent } == 1)
    #expect(state.screen.contains("z2 from end to end"))
    try state.press("Escape")
    #expect(state.pages[FilmstripPage.self].frames.isEmpty)
    #expect(state.focus == .sliders)
    #expect(state.screen.contains("decoded"))
  }

  /// A circle's ends are one place: the last picture stands one step before the first.
  @Test func aFullTurnHasNoDuplicateEnd() throws {
    var state = try TinyExplorer.open()
    try state.press("F")
    #expect(state.pages[FilmstripPage.self].frames.map(\.caption).first == "180°")
    #expect(state.pages[FilmstripPage.self].frames.map(\.caption).last == "144°")
    #expect(state.pages[FilmstripPage.self].frames.first { $0.isCurrent }?.caption == "0°")
    try state.press("Right*7")
    #expect(state.pages[FilmstripPage.self].frames.first { $0.isCurrent }?.caption == "36°")
    #expect(state.screen.contains("▸36°◂"))
    try state.press("F")
    #expect(state.focus == .sliders)
  }

  @Test(arguments: [(80, 24, 10), (100, 30, 18), (160, 50, 15), (30, 18, 2)])
  func theNumberOfPicturesFitsTheScreen(width: Int, height: Int, count: Int) throws {
    var state = try TinyExplorer.open(size: Size(width: width, height: height))
    try state.press("F")
    #expect(state.pages[FilmstripPage.self].frames.count == count)
  }

  @Test func aPathInterpolatesTwoSamples() throws {
    var state = try TinyExplorer.open()
    try state.press("- 1 7 0 Enter k")
    let first = state.session.sliders
    #expect(state.message == "sample 0 is A: n chooses B; F shows the path from A to B, a plays it")
    try state.press("n*2 1 7 0 Enter F")
    #expect(state.pages[FilmstripPage.self].frames.first?.point == first)
    #expect(
      state.pages[FilmstripPage.self].frames.first?.caption == "A"
        && state.pages[FilmstripPage.self].frames.last?.caption == "B")
    let last = try #require(state.pages[FilmstripPage.self].frames.last?.point)
    #expect(zip(last.latents, state.session.sliders.latents).allSatisfy { abs($0 - $1) < 1e-5 })
    // Along the shorter arc, over 180°: never near 0°.
    for frame in state.pages[FilmstripPage.self].frames { #expect(cos(frame.point.values[0]) < -0.98) }
    try state.press("k")
    #expect(state.session.path.start == nil)
    #expect(state.screen.contains("θ from end to end"))
  }

  @Test func playingSweepsTheSelectedSlider() throws {
    var state = try TinyExplorer.open()
    try state.press("a")
    #expect(state.isPlaying)
    _ = state.react(.tick(seconds: 1))
    #expect(state.text(0) == "60°")
    #expect(
      state.session.pictures.decoded == state.session.modelInUse.inference.decode(state.session.sliders))
    try state.press(">")
    _ = state.react(.tick(seconds: 1))
    #expect(state.text(0) == "180°")
    try state.press("< <")
    _ = state.react(.tick(seconds: 1))
    #expect(state.text(0) == "-150°")
    try state.press("a")
    #expect(!state.isPlaying)
    _ = state.react(.tick(seconds: 1))
    #expect(state.text(0) == "-150°")
    try state.press("u")
    #expect(state.text(0) == "0°")
  }

  /// A slider with ends turns round there.
  @Test func playingReversesAtTheEnds() throws {
    var state = try TinyExplorer.open()
    try state.press("Down a")
    let range = state.session.scales[1].range
    var seen: [Double] = []
    for _ in 0..<40 {
      _ = state.react(.tick(seconds: 0.9))
      let value = Double(state.session.sliders.latents[0])
      #expect(value >= range.lowerBound - 1e-4 && value <= range.upperBound + 1e-4)
      seen.append(value)
    }
    let steps = zip(seen.dropFirst(), seen).map { $0 - $1 }
    #expect(steps.contains { $0 > 0 } && steps.contains { $0 < 0 })
  }

  @Test func aPathIsPlayedInBothDirections() throws {
    var state = try TinyExplorer.open()
    try state.press("k")
    let first = state.session.sliders
    try state.press("n Right*6")
    let last = state.session.sliders
    try state.press("a")
    for _ in 0..<6 { _ = state.react(.tick(seconds: 1)) }
    #expect(zip(state.session.sliders.latents, last.latents).allSatisfy { abs($0 - $1) < 1e-4 })
    for _ in 0..<6 { _ = state.react(.tick(seconds: 1)) }
    #expect(zip(state.session.sliders.latents, first.latents).allSatisfy { abs($0 - $1) < 1e-4 })
    _ = state.react(.tick(seconds: 1))
    // Stopped, the sliders are where the way leads to.
    try state.press("a")
    #expect(state.session.sliders == last)
  }

  /// Whoever moves a slider on the way takes over from there.
  @Test func keysInterruptPlaying() throws {
    var state = try TinyExplorer.open()
    try state.press("k n a")
    _ = state.react(.tick(seconds: 2))
    try state.press("Right")
    #expect(!state.isPlaying)
    let moved = state.session.sliders
    _ = state.react(.tick(seconds: 1))
    #expect(state.session.sliders == moved)
    #expect(moved != state.session.encoded)
  }

  @Test func tinyScreensHaveNoPages() throws {
    var state = try TinyExplorer.open(size: Size(width: 29, height: 12))
    for key in ["F", "M"] {
      try state.press(key)
      #expect(state.focus == .sliders)
      #expect(state.message == "the screen is too small")
    }
  }

  @Test func anotherModelOrSampleEndsPlaying() throws {
    var state = try TinyExplorer.open()
    try state.press("k n a n")
    #expect(!state.isPlaying)
    try state.press("a")
    _ = state.react(.opened(try ModelInUse(name: "other", model: try TinyExplorer.model(seed: 5))))
    #expect(!state.isPlaying)
    #expect(state.session.path.start == nil)
  }

  @Test func newWeightsDropThePathStartWithAMessage() throws {
    var state = try TinyExplorer.open()
    try state.press("t Enter k n")
    _ = try state.react(.weights(TinyExplorer.model(seed: 5)))
    #expect(state.session.path.start == nil)
    #expect(state.message == "A was encoded by earlier weights: Space pauses, k sets A again")
    try state.press("n")
    _ = try state.react(.weights(TinyExplorer.model(seed: 6)))
    #expect(state.message == nil)
  }

  @Test func aClickMovesTheSlidersToAPicture() throws {
    var state = try TinyExplorer.open()
    try state.press("F")
    let region = try #require(state.layout.page?.region)
    let place = FilmstripPage.framePlace(7, in: region, .mnist)
    _ = state.react(.mouse(MouseEvent(.press, column: place.column + 3, row: place.row + 2)))
    #expect(state.text(0) == state.pages[FilmstripPage.self].frames[7].caption)
    #expect(state.pages[FilmstripPage.self].frames[7].isCurrent)
    try state.press("u")
    #expect(state.text(0) == "0°")
  }

  @Test(arguments: [Size(width: 80, height: 24), Size(width: 100, height: 30), Size(width: 160, height: 50)])
  func snapshotsOfThePage(size: Size) throws {
    for (name, capabilities) in CanvasTests.modes {
      var state = try TinyExplorer.open(size: size, capabilities: capabilities)
      try state.press("Right*4 F")
      try CanvasSnapshot.check(
        state.drawn(size), capabilities, name: "filmstrip-\(size.width)x\(size.height)-\(name)")
    }
  }
}
