import Testing

@testable import Datasets

@Suite struct StratificationTests {
  private func counts(_ chosen: [Int], _ labels: [Int?]) -> [Int?: Int] {
    chosen.reduce(into: [:]) { $0[labels[$1], default: 0] += 1 }
  }

  @Test func everyClassGivesItsPart() {
    // Sorted by class, as files and folders are.
    let labels: [Int?] = (0..<1000).map { $0 / 250 }
    let chosen = Stratification.choose(100, labels: labels, use: .heldOut)
    #expect(counts(chosen, labels) == [0: 25, 1: 25, 2: 25, 3: 25])
    #expect(chosen == chosen.sorted() && Set(chosen).count == 100)
    // Not those in front.
    #expect(chosen.filter { $0 < 250 } != Array(0..<25))
  }

  @Test func theChoiceIsTheSameInEveryRun() {
    let labels: [Int?] = (0..<60).map { $0 % 3 }
    let expected = Stratification.choose(6, labels: labels, use: .heldOut)
    #expect(expected == [2, 9, 28, 35, 49, 57])
    #expect(Stratification.choose(6, labels: labels, use: .heldOut) == expected)
    #expect(Stratification.choose(6, labels: labels, use: .subset) != expected)
    #expect(Stratification.choose(6, labels: labels, use: .heldOut, part: 1) != expected)
  }

  @Test func smallClassesShareWhatIsLeft() {
    #expect(
      Stratification.quotas(of: 5, counts: [5, 5, 5, 5, 5, 5, 5, 5, 5, 5]) == [1, 1, 1, 1, 1, 0, 0, 0, 0, 0])
    #expect(Stratification.quotas(of: 10, counts: [95, 5]) == [10, 0])
    #expect(Stratification.quotas(of: 10, counts: [94, 6]) == [9, 1])
    #expect(Stratification.quotas(of: 7, counts: [3, 4]) == [3, 4])
    #expect(Stratification.quotas(of: 9, counts: [3, 4]) == [3, 4])
    #expect(Stratification.quotas(of: 1, counts: [0, 0]) == [0, 0])
  }

  @Test func imagesWithoutLabelsAreOneClass() {
    let chosen = Stratification.choose(10, labels: [Int?](repeating: nil, count: 100), use: .subset)
    #expect(chosen.count == 10 && chosen != Array(0..<10))
    let mixed: [Int?] = (0..<100).map { $0 < 50 ? nil : 4 }
    #expect(counts(Stratification.choose(10, labels: mixed, use: .subset), mixed) == [nil: 5, 4: 5])
  }
}
