import Formats
import Primitives

extension DataSourceKind {
  /// Archives of NumPy arrays.
  static let npz = DataSourceKind(
    name: "npz", contents: ".npz archives",
    recognizes: { request throws(DatasetError) in
      try request.beginning().starts(with: [0x50, 0x4B])
    },
    open: { request throws(DatasetError) in
      let archive = try ArrayCollection(archive: request.path, memory: request.memory)
      if let only = archive.arrays.first, archive.arrays.count == 1, archive.refusals.isEmpty,
        ArrayName(only.key) == ArrayName("arr_0"), ArrayName(request.fileName).role == .images
      {
        return try ArraySource.files(kind: "npz", request, besides: request.fileName)
      }
      return try ArraySource.collection(kind: "npz", archive, request, name: request.stem)
    })

  /// NumPy arrays, one or several in a folder.
  static let npy = DataSourceKind(
    name: "npy", contents: ".npy arrays or folders of them",
    recognizes: { request throws(DatasetError) in
      if request.isFolder { return try request.fileNames().contains(where: ArrayCollection.isArrayFile) }
      return try request.beginning().starts(with: [0x93] + Array("NUMPY".utf8))
    },
    open: { request throws(DatasetError) in
      if request.isFolder { return try ArraySource.files(kind: "npy", request, besides: nil) }
      return try ArraySource.files(kind: "npy", request, besides: request.fileName)
    })
}

extension SourceRequest {
  /// The last part of the path.
  var fileName: String { Self.name(of: path) }

  /// The last part of a path.
  static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

  /// The file name without its endings, or the name of the folder.
  var stem: String {
    let name = IDXDirectory.folderName(of: path)
    guard !isFolder else { return name }
    return String(name.prefix { $0 != "." })
  }
}

extension ArrayCollection {
  /// Tells whether a file's name is that of an array or an archive.
  static func isArrayFile(_ name: String) -> Bool {
    let name = name.lowercased()
    return name.hasSuffix(".npy") || name.hasSuffix(".npz")
  }

  /// The arrays of the archive at `path`.
  init(archive path: String, memory: MemoryBudget) throws(DatasetError) {
    let file: RandomAccessFile
    do { file = try RandomAccessFile(opening: path) } catch { throw .file(error) }
    try self.init(archive: file, memory: memory)
  }

  /// The arrays of an archive.
  init(archive file: RandomAccessFile, memory: MemoryBudget) throws(DatasetError) {
    let path = file.path
    let npz: NPZArchive
    do { npz = try NPZArchive(file) } catch { throw DatasetError(error) }
    if npz.archive.members.contains(where: { $0.name == "data.pkl" || $0.name.hasSuffix("/data.pkl") }) {
      throw .source(path: path, .foreign(.pyTorch))
    }
    var arrays: [SourceArray] = []
    var refusals: [Refusal] = []
    for member in npz.members {
      if let header = member.header {
        arrays.append(SourceArray.member(member, header: header, of: npz, memory: memory))
      } else {
        refusals.append(Refusal(key: member.key, reason: member.refusal ?? ""))
      }
    }
    self.init(path: path, arrays: arrays, refusals: refusals)
  }

  private static func path(of name: String, in folder: String) -> String {
    folder == "." ? name : "\(folder)/\(name)"
  }

  /// The arrays of `names`, files of one array in a folder.
  ///
  /// - Parameter chosen: the file that the user named, for messages; nil for the folder.
  init(
    files names: [String], in folder: String, chosen: String?, memory: MemoryBudget
  ) throws(DatasetError) {
    var arrays: [SourceArray] = []
    var refusals: [Refusal] = []
    for name in names {
      let path = Self.path(of: name, in: folder)
      do throws(DatasetError) {
        if name.lowercased().hasSuffix(".npy") {
          arrays.append(try SourceArray.numPy(path, key: name, memory: memory))
          continue
        }
        let archive = try ArrayCollection(archive: path, memory: memory)
        if archive.arrays.count == 1, archive.refusals.isEmpty {
          let only = archive.arrays[0]
          arrays.append(
            SourceArray(key: name, path: path, type: only.type, shape: only.shape, open: only.open))
        } else {
          refusals.append(Refusal(key: name, reason: "an archive of several arrays; name it by --data"))
        }
      } catch {
        guard names.count > 1 else { throw error }
        refusals.append(Refusal(key: name, reason: error.description))
      }
    }
    let only = chosen ?? (names.count == 1 ? names[0] : nil)
    self.init(
      path: only.map { Self.path(of: $0, in: folder) } ?? folder, arrays: arrays, refusals: refusals)
  }
}

extension DataSources {
  /// Opens the data set in an archive of NumPy files.
  package static func archive(
    _ file: RandomAccessFile, memory: MemoryBudget
  ) throws(DatasetError) -> any DataSource {
    let collection = try ArrayCollection(archive: file, memory: memory)
    return try ArraySource.collection(
      kind: DataSourceKind.npz.name, collection, SourceRequest(path: file.path, memory: memory), name: "file")
  }
}

extension ArraySource {
  /// The source of a collection, with what is known of its set.
  static func collection(
    kind: String, _ collection: ArrayCollection, _ request: SourceRequest, name: String
  ) throws(DatasetError) -> ArraySource {
    let labelsFile = try request.labelsArray()
    if request.keys.isEmpty, labelsFile == nil, let sprites = DSprites.choice(in: collection) {
      return try ArraySource(kind: kind, sprites, of: collection, traits: DSprites.traits(name: name))
    }
    var keys = request.keys
    if labelsFile != nil { keys["labels"] = nil }
    let choice = try collection.choice(keys: keys, hasOwnLabels: labelsFile == nil)
    let traits = Traits(
      name: name, classNames: IDXDirectory.knownClassNames(ofSet: name),
      background: request.inverts ? 255 : 0)
    return try ArraySource(kind: kind, choice, of: collection, traits: traits, labelsFile: labelsFile)
  }

  /// The source of files of one array: all in a folder, or those that belong to the file `chosen`.
  static func files(
    kind: String, _ request: SourceRequest, besides chosen: String?
  ) throws(DatasetError) -> ArraySource {
    let folder = chosen == nil ? request.path : FilePath.folder(of: request.path)
    var names: [String]
    do { names = try Folder.names(in: folder).filter(ArrayCollection.isArrayFile) } catch {
      throw .file(error)
    }
    names.removeAll { $0.hasPrefix(".") }
    if let chosen {
      let own = ArrayName(chosen)
      let hasFamily = own.role == .images && request.labelsPath == nil && request.keys.isEmpty
      names.removeAll { $0 != chosen && !(hasFamily && ArrayName($0).family == own.family) }
    }
    let collection = try ArrayCollection(
      files: names, in: folder, chosen: chosen, memory: request.memory)
    if chosen == nil, request.keys.isEmpty, let classes = collection.classesByFile() {
      return try ArraySource(byFile: classes, of: collection, name: request.stem)
    }
    return try self.collection(kind: kind, collection, request, name: request.stem)
  }
}

extension SourceRequest {
  /// The array of the labels in a file of their own; nil without one.
  func labelsArray() throws(DatasetError) -> SourceArray? {
    guard let labelsPath else { return nil }
    let start = try Self.beginning(of: labelsPath)
    if let format = ForeignFormat(beginning: start) { throw .source(path: labelsPath, .foreign(format)) }
    let name = SourceRequest(path: labelsPath, memory: memory).fileName
    if start.starts(with: [0x93]) { return try SourceArray.numPy(labelsPath, key: name, memory: memory) }
    if start.starts(with: [0x50, 0x4B]) {
      let archive = try ArrayCollection(archive: labelsPath, memory: memory)
      if let key = keys["labels"] { return try archive.array(key) }
      let named = archive.arrays.filter { ArrayName($0.key).role == .labels }
      let candidates = archive.arrays.count == 1 ? archive.arrays : named
      guard candidates.count == 1 else {
        throw .source(
          path: labelsPath,
          .ambiguous(
            question: "which array has the labels", candidates: archive.candidates,
            answer: "name it by --key labels=…"))
      }
      return candidates[0]
    }
    return try SourceArray.idx(labelsPath, key: name)
  }
}
