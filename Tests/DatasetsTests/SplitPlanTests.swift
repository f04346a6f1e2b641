import Testing

@testable import Datasets

@Suite struct SplitPlanTests {
  private func part(_ kind: SourcePart.Kind, _ count: Int, classes: Int = 0) -> SourcePart {
    // Sorted by class, as files often are.
    let labels: [Int?] = classes == 0 ? [] : (0..<count).map { $0 * classes / count }
    return SourcePart(kind: kind, count: count, labels: labels)
  }

  @Test func theSourcesOwnSplitsAreUsed() throws {
    let plan = try SplitPlan([part(.training, 60), part(.validation, 7), part(.test, 10)], subset: nil)
    #expect(plan.training == .init(part: 0, indices: nil, count: 60))
    #expect(plan.test == .init(part: 2, indices: nil, count: 10))
    #expect(
      plan.notes == [
        "7 images of the part validation are not used", "60 images for training, 10 for testing",
      ])
    let validated = try SplitPlan([part(.training, 60), part(.validation, 7)], subset: nil)
    #expect(validated.test == .init(part: 1, indices: nil, count: 7))
  }

  @Test func otherwiseATenthOfEveryClassIsHeldOut() throws {
    for kind in [SourcePart.Kind.all, .training, .test] {
      let plan = try SplitPlan([part(kind, 1000, classes: 4)], subset: nil)
      let (training, test) = (try #require(plan.training.indices), try #require(plan.test.indices))
      #expect(test.count == 100 && training.count == 900)
      #expect(Set(test).isDisjoint(with: training) && training == training.sorted() && test == test.sorted())
      for label in 0..<4 { #expect(test.count { $0 / 250 == label } == 25) }
      #expect(
        plan.notes.last
          == "a tenth is held out for testing, by class (seed 0): 900 images for training, 100 for testing")
    }
    let unlabelled = try SplitPlan([part(.all, 1000)], subset: 100).notes
    #expect(unlabelled.first == "a subset of 100 of 1000 images, at random (seed 0)")
    #expect(unlabelled.last?.hasPrefix("a tenth is held out for testing, at random (seed 0): ") == true)
  }

  @Test func aSubsetKeepsSplitsAndClasses() throws {
    let plan = try SplitPlan([part(.training, 600, classes: 3), part(.test, 100, classes: 2)], subset: 70)
    let (training, test) = (try #require(plan.training.indices), try #require(plan.test.indices))
    #expect(training.count == 60 && test.count == 10)
    for label in 0..<3 { #expect(training.count { $0 / 200 == label } == 20) }
    for label in 0..<2 { #expect(test.count { $0 / 50 == label } == 5) }
    #expect(plan.notes.first == "a subset of 70 of 700 images, by class (seed 0)")
    let undivided = try SplitPlan([part(.all, 1000, classes: 10)], subset: 100)
    #expect(undivided.training.count == 90 && undivided.test.count == 10)
    // At least one of each.
    let small = try SplitPlan([part(.training, 1000), part(.test, 1)], subset: 5)
    #expect(small.training.count == 4 && small.test.count == 1)
    let (large, all) = (
      try SplitPlan([part(.all, 30)], subset: 99), try SplitPlan([part(.all, 30)], subset: nil)
    )
    #expect(large.training == all.training && large.test == all.test)
    #expect(large.notes == ["all 30 images; --subset 99 leaves out none"] + all.notes)
    let equal = try SplitPlan([part(.all, 30)], subset: 30)
    #expect(equal.notes == ["all 30 images; --subset 30 leaves out none"] + all.notes)
  }

  @Test func tooFewImagesAreRefused() {
    #expect(throws: AssemblyFault.tooFew(1)) { try SplitPlan([part(.all, 1)], subset: nil) }
    #expect(throws: AssemblyFault.tooSmallSubset(1)) { try SplitPlan([part(.all, 9)], subset: 1) }
    #expect(throws: AssemblyFault.tooSmallSubset(0)) { try SplitPlan([part(.all, 9)], subset: 0) }
  }
}
