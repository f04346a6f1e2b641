/// The data sets that can be downloaded by name.
public enum Catalogue {
  /// All sets.
  public static let sets = [mnist, fashionMNIST, kmnist]

  /// Finds the set called `name`.
  public static func set(named name: String) -> RemoteSet? { sets.first { $0.name == name } }

  /// Handwritten digits (LeCun, Cortes, Burges).
  public static let mnist = RemoteSet(
    name: "mnist",
    files: files(
      testLabels: (4542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
      trainingLabels: (28881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
      testImages: (1_648_877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
      trainingImages: (9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609")),
    mirrors: mirrors(
      "https://ossci-datasets.s3.amazonaws.com/mnist/",
      "https://storage.googleapis.com/cvdf-datasets/mnist/"))

  /// Pictures of clothes (Zalando Research).
  public static let fashionMNIST = RemoteSet(
    name: "fashion-mnist",
    files: files(
      testLabels: (5148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
      trainingLabels: (29515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
      testImages: (4_422_102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
      trainingImages: (26_421_880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84")),
    mirrors: mirrors(
      "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
      "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"))

  /// Cursive Japanese characters (Center for Open Data in the Humanities).
  public static let kmnist = RemoteSet(
    name: "kmnist",
    files: files(
      testLabels: (5120, "20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c"),
      trainingLabels: (29497, "e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17"),
      testImages: (3_041_136, "edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5"),
      trainingImages: (18_165_135, "51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4")),
    mirrors: mirrors("http://codh.rois.ac.jp/kmnist/dataset/kmnist/"))

  private typealias Contents = (size: Int, hash: String)

  /// The files, smallest first, so that a faulty mirror shows at once.
  private static func files(
    testLabels: Contents, trainingLabels: Contents, testImages: Contents, trainingImages: Contents
  ) -> [RemoteFile] {
    [
      ("t10k-labels-idx1", testLabels), ("train-labels-idx1", trainingLabels),
      ("t10k-images-idx3", testImages), ("train-images-idx3", trainingImages),
    ].map { RemoteFile(name: "\($0)-ubyte.gz", size: $1.size, hash: $1.hash) }
  }

  /// Parses addresses; invalid ones are left out, which a test detects.
  private static func mirrors(_ addresses: String...) -> [Mirror] {
    addresses.compactMap { try? Mirror($0) }
  }
}
