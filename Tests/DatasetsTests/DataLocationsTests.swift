import Datasets
import Testing

@Suite struct DataLocationsTests {
  @Test(arguments: [
    (["XDG_DATA_HOME": "/data", "HOME": "/home/a"], "/data/latent-explorer/mnist"),
    (["XDG_DATA_HOME": "/data"], "/data/latent-explorer/mnist"),
    (["HOME": "/home/a"], "/home/a/.local/share/latent-explorer/mnist"),
    (["XDG_DATA_HOME": "data", "HOME": "/home/a"], "/home/a/.local/share/latent-explorer/mnist"),
    (["XDG_DATA_HOME": "", "HOME": "/home/a"], "/home/a/.local/share/latent-explorer/mnist"),
    (["HOME": "/"], "/.local/share/latent-explorer/mnist"),
  ])
  func dataSetFolder(environment: [String: String], path: String) {
    #expect(DataLocations.folder(ofSet: "mnist", environment: environment) == path)
  }

  @Test(arguments: [[:], ["HOME": ""], ["HOME": "relative"], ["XDG_DATA_HOME": "relative"]])
  func noHomeFolder(environment: [String: String]) {
    #expect(DataLocations.folder(ofSet: "mnist", environment: environment) == nil)
  }

  @Test(arguments: ["", ".", "..", "../mnist", "/mnist"])
  func pathsAreNotNames(name: String) {
    #expect(DataLocations.folder(ofSet: name, environment: ["HOME": "/home/a"]) == nil)
  }
}
