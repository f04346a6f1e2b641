import Networks
import Testing
import Training

@testable import Figures

@Suite struct LatentMapUndefinedTests {
  private func texts(_ latents: [[Float]]) -> String {
    let outputs = latents.enumerated().map {
      EncoderOutput(index: $0, label: 0, values: [], latents: $1)
    }
    return "\(LatentMap(outputs, of: "samples") { _ in "a" }.diagram)"
  }

  /// Directions explain fractions of a variance, which must not be zero.
  @Test func fractionsOfNoVarianceAreUndefined() {
    for latents in [[[0.1, 3]], Array(repeating: [0.1, 3], count: 11)] as [[[Float]]] {
      let texts = texts(latents)
      #expect(texts.contains("component 1: undefined") && texts.contains("component 2: undefined"))
    }
    let texts = texts([[1, 0], [2, 0], [4, 0]])
    #expect(texts.contains("component 1: 100 %") && texts.contains("component 2: 0 %"))
  }
}
