import Testing

@testable import Datasets

/// The catalogue of built-in sets.
@Suite struct BuiltInSetTests {
  @Test func everySetIsFoundByTheNameOfItsData() {
    #expect(Set(BuiltInSet.all.map(\.name)).count == BuiltInSet.all.count)
    for set in BuiltInSet.all {
      #expect(BuiltInSet.named(set.name) == set)
      #expect(set.dataset().name == set.name)
      #expect(BuiltInSet.names.contains("'\(set.name)'"))
    }
    #expect(BuiltInSet.named("mnist") == nil)
  }

  @Test func identitiesAreOfAFewImages() {
    for set in BuiltInSet.all {
      let dataset = set.dataset()
      let identity = set.identity(of: dataset)
      #expect(identity.trainingCount == 60_000 && identity.testCount == 10_000)
      #expect(identity == DatasetIdentity(of: dataset, oneIn: 5000))
    }
  }
}
