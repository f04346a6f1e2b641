import Datasets
import Essentials
import Primitives

/// Receives remarks about a data set: what was read, and how.
package typealias DataNote = @Sendable (DataRemark) -> Void

extension DataChoice {
  /// Tells whether a few images can be read before the others.
  package var canBeLimited: Bool { if case .files = place { true } else { false } }

  /// The data set for inference, read quickly: training images are replaced by the test images. Training needs
  /// `dataset()`.
  ///
  /// - Parameter limit: the number of test images to read, the first ones; nil for all.
  package func datasetForInference(limit: Int? = nil, note: DataNote = { _ in }) throws -> Dataset {
    switch place {
    case .builtIn(let set): return try converted(set.dataset(), note)
    case .folder(let path):
      let test = try testSplit(ofFolder: path, note)
      return Self.dataset(ofFolder: path, training: test, test: test)
    case .files(let path):
      let assembly = try assembly(of: path, note)
      let test = try assembly.images(.test, limit: limit)
      adviseOnBrightness(of: test, note)
      return assembly.dataset(training: test, test: test)
    }
  }

  /// Both splits.
  package func dataset(note: DataNote = { _ in }) throws -> Dataset {
    switch place {
    case .builtIn(let set): return try converted(set.dataset(), note)
    case .folder(let path):
      let test = try testSplit(ofFolder: path, note)
      return Self.dataset(
        ofFolder: path, training: try IDXDirectory.loadSplit(.training, in: path), test: test)
    case .files(let path):
      let assembly = try assembly(of: path, note)
      let dataset = try assembly.dataset()
      adviseOnBrightness(of: dataset.test, note)
      return dataset
    }
  }

  private func assembly(of path: String, _ note: DataNote) throws -> DatasetAssembly {
    let request = SourceRequest(
      path: path, labelsPath: options.labels, keys: options.keys, inverts: options.inverts)
    let source = try DataSources.open(request)
    let assembly = try DatasetAssembly(
      source, request: request, conversion: options.conversion, subset: options.subset)
    for remark in [DataRemark(source.description.summary)] + assembly.remarks { note(remark) }
    return assembly
  }

  /// Reads the test images of a folder, and describes the folder.
  private func testSplit(ofFolder path: String, _ note: DataNote) throws -> StoredImages {
    let test = try IDXDirectory.loadSplit(.test, in: path)
    note(DataRemark(IDXDirectory.description(of: path).summary))
    adviseOnBrightness(of: test, note)
    return test
  }

  private func adviseOnBrightness(of images: some ImageSource, _ note: DataNote) {
    guard !options.inverts, let advice = DatasetAssembly.brightnessNote(for: images) else { return }
    note(DataRemark(advice, isProminent: true))
  }

  private static func dataset(
    ofFolder path: String, training: StoredImages, test: StoredImages
  ) -> Dataset {
    let name = IDXDirectory.folderName(of: path)
    return Dataset(
      name: name, title: IDXDirectory.title(ofSet: name), classNames: IDXDirectory.classNames(ofSet: name),
      training: training, test: test)
  }

  /// A built-in set in the size and colours of the options, and with as many images.
  private func converted(_ dataset: Dataset, _ note: DataNote) throws -> Dataset {
    let shape = options.conversion.shape(of: dataset.shape)
    guard shape.isSupported else {
      throw Failure("\(dataset.name): images of \(shape) are not supported; --image-size takes 8 to 128")
    }
    if let conversion = options.conversion.note(for: dataset.shape) {
      note(DataRemark(conversion, isProminent: true))
    }
    let result = dataset.fitted(to: shape).first(options.subset)
    let total = dataset.training.count + dataset.test.count
    if let subset = options.subset { note(DataRemark(subset: subset, of: total, chosen: "the first ones")) }
    return result
  }
}

extension Dataset {
  /// The data set with its first images, `count` in all and in proportion to its splits; all for nil.
  fileprivate func first(_ count: Int?) -> Dataset {
    let total = training.count + test.count
    guard let count, count < total else { return self }
    let testCount = min(max(1, count * test.count / total), count - 1)
    let (training, test) = (
      ImageSlice(of: training, 0..<count - testCount), ImageSlice(of: test, 0..<testCount)
    )
    return Dataset(
      name: name, title: title, classNames: classNames, factors: factors, training: training, test: test,
      opening: min(opening, testCount - 1))
  }
}
