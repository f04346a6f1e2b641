import PseudoTerminals
import Testing

@testable import SessionBenchmark

@Suite struct ExplorerScreenTests {
  private func reading(_ lines: [String], width: Int = 60) -> ExplorerScreen {
    var screen = VirtualScreen(width: width, height: 16)
    screen.feed(Array(lines.joined(separator: "\r\n").utf8))
    return ExplorerScreen(screen)
  }

  @Test(arguments: [
    ("▸ θ   ├━━━●───◇┤    45°     t trains this network", "45°"), ("  θ   ├●──◇┤   0.5°  1.0┤⠤⠤", "0.5°"),
    ("▀▀▀ ▀▀   ▸ θ   ├━●◇┤    45°", "45°"),
  ]) func theAngleIsThatOfTheSlider(line: String, angle: String) {
    #expect(reading(["input, turned 15°", line, "sample 0 · encoder reads θ 90°"]).angle == angle)
  }

  @Test func withoutASliderThereIsNoAngle() {
    #expect(reading(["sample 0 of 9 · encoder reads θ 90° · error 0.2°"]).angle == nil)
  }

  @Test(arguments: [
    ("input · class 5 · angle +12° (true 15°) · sample 3 of 9", "15"),
    ("5 · angle −0.5° (true −15°)", "−15"), ("your drawing · turned by -15° · angle 2°", "-15"),
    ("sample 3 of 9 · 5", ""),
  ]) func theAngleOfTheInputIsThatOfTheStatusLine(line: String, angle: String) {
    var screen = VirtualScreen(width: 80, height: 2)
    screen.feed(Array((line + "\r\nq quit").utf8))
    #expect(ExplorerScreen(screen).inputAngle == angle)
  }

  @Test func aPictureIsMoreThanItsCaptionAndOneSurface() {
    let picture = ["      decoded", "    ░▒▓█", "    █▓▒░"]
    #expect(reading(picture).showsDecodedPicture)
    #expect(!reading([picture[0]]).showsDecodedPicture)
    #expect(!reading([picture[0], "    ░░░░", "    ░░░░"]).showsDecodedPicture)
    #expect(!reading(["      input"] + picture.dropFirst()).showsDecodedPicture)
  }

  @Test func coloursMakeAPictureToo() {
    let cells = [232, 240, 248].map { "\u{1B}[48;5;\($0)m  " }.joined()
    #expect(reading(["  decoded", cells]).showsDecodedPicture)
  }

  @Test func theEpochIsTheLastOneOfTheFirstPhase() {
    #expect(reading(["phase 1/3 autoencode · epoch 7/25"]).firstPhaseEpoch == 7)
    #expect(
      reading([
        "phase 1 (autoencode), epoch 9/25: loss 0.1", "phase 1 (autoencode), epoch 10/25, batch 3/461",
      ])
      .firstPhaseEpoch == 10)
    #expect(reading(["phase 2/3 teach the decoder · epoch 3/20"]).firstPhaseEpoch == nil)
    #expect(reading(["starting"]).firstPhaseEpoch == nil)
  }
}
