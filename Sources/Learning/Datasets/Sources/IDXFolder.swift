import Primitives

/// A folder of IDX files: MNIST's, EMNIST's, or of other names.
enum IDXFolder {
  /// The folder of the IDX files at `path`: itself or one as torchvision makes it below; nil without any.
  static func find(_ path: String) throws(DatasetError) -> String? {
    for folder in [path, "\(path)/raw", "\(path)/MNIST/raw"] where Folder.isPresent(folder) {
      if try !names(in: folder).isEmpty { return folder }
    }
    return nil
  }

  /// Tells whether a folder has the name of a set that can be fetched, which has to be complete.
  static func isPublicSet(_ folder: String) -> Bool {
    DataLocations.publicSets.contains(IDXDirectory.folderName(of: folder))
  }

  /// The names of the files whose names are those of IDX files.
  static func names(in folder: String) throws(DatasetError) -> [String] {
    let all: [String]
    do { all = try Folder.names(in: folder) } catch { throw .file(error) }
    return all.filter { name in
      let words = name.lowercased().split(whereSeparator: { "-_. ".contains($0) })
      return !name.hasPrefix(".") && words.contains { ["idx1", "idx2", "idx3", "idx4"].contains($0) }
    }
  }

  /// Opens the set of which the request's file is a part, or that file alone.
  static func open(file request: SourceRequest) throws(DatasetError) -> any DataSource {
    let folder = FilePath.folder(of: request.path)
    let own = ArrayName(request.fileName)
    if own.role == .images, request.labelsPath == nil,
      try names(in: folder).contains(where: { request.fileName == $0 })
    {
      return try open(folder, family: own.family, chosen: request.fileName, request)
    }
    let array = try SourceArray.idx(request.path, key: request.fileName)
    return try open(
      ArrayCollection(path: request.path, arrays: [array], refusals: []), set: folder, family: own.family,
      request)
  }

  /// Opens the files in `folder`, of one family or of the only one.
  static func open(
    _ folder: String, family: String?, chosen: String? = nil, _ request: SourceRequest
  ) throws(DatasetError) -> any DataSource {
    if family == nil, request.keys.isEmpty, isPublicSet(folder) { try IDXDirectory.requireFiles(in: folder) }
    var arrays: [SourceArray] = []
    var names: [String: String] = [:]
    for name in try self.names(in: folder) where family == nil || ArrayName(name).family == family {
      // The requested file comes first, then a plain one before a compressed one of the same name.
      let key = name.lowercased().hasSuffix(".gz") ? String(name.dropLast(3)) : name
      let canonical = key.lowercased().replacing(".idx", with: "-idx")
      if let other = names[canonical], other == chosen || !other.lowercased().hasSuffix(".gz") {
        guard name == chosen else { continue }
      }
      names[canonical] = name
    }
    for name in names.values.sorted() {
      arrays.append(try SourceArray.idx(folder == "." ? name : "\(folder)/\(name)", key: name))
    }
    return try open(
      ArrayCollection(path: folder, arrays: arrays, refusals: []), set: folder, family: family, request)
  }

  private static func open(
    _ collection: ArrayCollection, set folder: String, family: String?, _ request: SourceRequest
  ) throws(DatasetError) -> any DataSource {
    let labelsFile = try request.labelsArray()
    var keys = request.keys
    if labelsFile != nil { keys["labels"] = nil }
    let choice = try collection.choice(keys: keys, hasOwnLabels: labelsFile == nil)
    for labels in choice.parts.compactMap(\.labels)
    where labels.shape.count == 2 && labels.shape[1] == 8 && ArrayName(labels.key).family.contains("qmnist") {
      throw .source(path: labels.path, .labelsOfQMNIST(labels.key))
    }
    let traits = try traits(of: choice, in: folder)
    return try ArraySource(kind: "idx", choice, of: collection, traits: traits, labelsFile: labelsFile)
  }

  private static func traits(
    of choice: ArrayChoice, in folder: String
  ) throws(DatasetError) -> ArraySource.Traits {
    let family = ArrayName(choice.parts[0].images.key).family
    let set = setName(of: folder)
    let name = family.isEmpty ? set : family
    guard [name, set].contains(where: { $0.lowercased().hasPrefix("emnist") }) else {
      return ArraySource.Traits(
        name: name, classNames: IDXDirectory.classNames(ofSet: family.isEmpty ? set : family))
    }
    return try EMNIST.traits(name: name, family: family, folder: folder)
  }

  /// The name of the set in a folder; that of the parent for torchvision's `raw`.
  private static func setName(of folder: String) -> String {
    let name = IDXDirectory.folderName(of: folder)
    return name.lowercased() == "raw" ? IDXDirectory.folderName(of: FilePath.folder(of: folder)) : name
  }
}

/// The facts about EMNIST (Cohen and others, 2017), whose images are transposed.
enum EMNIST {
  static func traits(name: String, family: String, folder: String) throws(DatasetError) -> ArraySource.Traits
  {
    let isLetters = family.hasSuffix("letters")
    let names = try mapping("\(folder)/\(family)-mapping.txt", first: isLetters ? 1 : 0)
    return ArraySource.Traits(
      name: name, classNames: names ?? (isLetters ? letters : nil), firstLabel: isLetters ? 1 : 0,
      isTransposed: true,
      notes: ["EMNIST's images are transposed"] + (isLetters ? ["labels 1 to 26 are classes 0 to 25"] : []))
  }

  private static let letters = (UInt8(ascii: "A")...UInt8(ascii: "Z")).map {
    String(UnicodeScalar($0))
  }

  /// The class names in a mapping: in each line a label and the codes of its characters; nil without the file.
  private static func mapping(_ path: String, first: Int) throws(DatasetError) -> [String]? {
    let bytes: [UInt8]
    do { bytes = try FileBytes.read(path, limit: 1 << 16) } catch .refused { return nil } catch {
      throw .file(error)
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    var names: [String] = []
    for line in lines {
      let numbers = line.split(separator: " ").map { Int($0) }
      guard numbers.count >= 2, numbers[0] == names.count + first, let code = numbers[1],
        (33...126).contains(code)
      else { return nil }
      names.append(String(UnicodeScalar(UInt8(code))))
    }
    return names.isEmpty ? nil : names
  }
}
