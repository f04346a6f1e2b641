import Testing

@testable import Figures

@Suite struct LossCurvesTests {
  private func record(_ phase: Int, _ step: Int, _ total: Double, codes: Double = 0, heldOut: Double? = nil)
    -> LossCurves.Record
  {
    LossCurves.Record(
      phase: phase, step: step, total: total, reconstruction: total - codes, codes: codes, heldOut: heldOut)
  }

  private func lines(_ diagram: Diagram, _ kind: Int) -> [[Diagram.Point]] {
    diagram.elements.compactMap {
      if case .line(let points, .kind(kind), let width) = $0, width < 1.8 || points.count > 2 {
        points
      } else {
        nil
      }
    }
  }

  @Test func phasesHaveLinesOfTheirOwn() throws {
    let diagram = try #require(
      LossCurves(
        [
          record(1, 100, 1), record(1, 200, 0.1), record(1, 300, 0.01, heldOut: 0.02),
          record(3, 400, 1, codes: 0.5),
          record(3, 500, 0.1, codes: 0.05), record(3, 600, 0.01, codes: 0.005),
        ], title: "run")
    ).diagram
    let total = lines(diagram, 5)
    #expect(total.map(\.count) == [3, 3])
    // Equal ratios are equal lengths.
    let first = try #require(total.first)
    #expect(abs((first[1].y - first[0].y) - (first[2].y - first[1].y)) < 1e-9 && first[1].y > first[0].y)
    #expect(lines(diagram, 1).contains { $0.count == 3 })
    let words = diagram.elements.compactMap { if case .text(let text, _, _, _) = $0 { text } else { nil } }
    for word in ["phase 1", "phase 3", "loss", "codes", "pixels", "held out", "run", "0.1"] {
      #expect(words.contains(word), "\(word)")
    }
  }

  @Test func namesOfPhasesDoNotCoverEachOther() throws {
    let steps = [(1, 100), (1, 400), (2, 410), (3, 450), (4, 460), (4, 1000)]
    let diagram = try #require(LossCurves(steps.map { record($0.0, $0.1, 1) }, title: "")).diagram
    let names = diagram.elements.compactMap { element -> String? in
      guard case .text(let text, let place, .start, .text) = element else { return nil }
      return (50..<56).contains(place.y) ? text : nil
    }
    // The second and the third begin 7 and 27 units before the next.
    #expect(names == ["phase 1", "3", "phase 4"])
  }

  @Test func lossesWithoutAPlaceAreGaps() throws {
    #expect(LossCurves([], title: "") == nil)
    #expect(LossCurves([record(1, 1, 0)], title: "") == nil)
    let values = [1, 0.5, 0.2, 0, .infinity, 0.2, 0.1, 0.05]
    let curves = try #require(
      LossCurves(values.enumerated().map { record(1, $0.offset, $0.element) }, title: ""))
    #expect(lines(curves.diagram, 5).map(\.count) == [3, 3])
  }
}
