import Datasets
import Testing

@testable import Downloads

@Suite struct CatalogueTests {
  @Test func theNamesOfTheSetsAreKnownDataSets() {
    #expect(Catalogue.sets.map(\.name) == DataLocations.publicSets)
    #expect(Catalogue.set(named: "kmnist") == Catalogue.kmnist)
    #expect(Catalogue.set(named: "digits") == nil)
  }

  @Test(arguments: Catalogue.sets) func theFilesAreTheFourOfTheFamily(set: RemoteSet) {
    #expect(
      set.files.map(\.name).sorted() == [
        "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz", "train-images-idx3-ubyte.gz",
        "train-labels-idx1-ubyte.gz",
      ])
    #expect(set.files.map(\.size) == set.files.map(\.size).sorted())
    #expect(set.files.allSatisfy { $0.hash.count == 64 && $0.hash.allSatisfy("0123456789abcdef".contains) })
  }

  @Test func noTwoFilesAreTheSame() {
    let hashes = Catalogue.sets.flatMap { $0.files.map(\.hash) }
    #expect(Set(hashes).count == 12)
  }

  @Test func theMirrorsAreThoseOfTheTable() {
    #expect(Catalogue.sets.map { $0.mirrors.map(\.isSecure) } == [[true, true], [true, false], [false]])
  }
}
