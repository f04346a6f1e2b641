import Formats
import Primitives

/// The picture files of a folder, as people arrange them: a sub-folder for each class, or all in one; where folders
/// such as `train` and `test` are on top, each is a split.
///
/// Names that begin with a dot are left out; names are in natural order.
package struct PictureFolder: Sendable, Equatable {
  /// A picture file.
  package struct Picture: Sendable, Equatable {
    /// Its path.
    package let path: String
    /// The index of its class.
    package let label: Int?
  }

  /// A split.
  package struct Part: Sendable, Equatable {
    /// The split, or all.
    package let kind: SourcePart.Kind
    /// Its pictures: by class, then by name.
    package let pictures: [Picture]
  }

  /// The splits, at least one; none is empty.
  package let parts: [Part]
  /// The names of the folders of classes, in natural order.
  package let classNames: [String]
  /// The number of files that are not pictures.
  package let skipped: Int

  /// The names of splits by those of their folders, in lower case.
  private static let splitNames: [String: SourcePart.Kind] = [
    "train": .training, "training": .training, "val": .validation, "valid": .validation,
    "validation": .validation, "test": .test, "testing": .test,
  ]

  /// Tells whether there are pictures in the folder at `path`, or in folders in it.
  static func isPresent(_ path: String, depth: Int = 4) throws(DatasetError) -> Bool {
    let entries: [Folder.Entry]
    do { entries = try Folder.entries(of: path) } catch { throw .file(error) }
    if entries.contains(where: { !$0.isFolder && FolderScan.isPicture($0.name) }) { return true }
    for entry in entries where entry.isFolder && depth > 0 {
      if try isPresent("\(path)/\(entry.name)", depth: depth - 1) { return true }
    }
    return false
  }

  /// The split whose folder this is by its name.
  fileprivate static func split(_ folder: Folder.Entry) -> SourcePart.Kind? {
    splitNames[folder.name.lowercased()]
  }

  /// The function that lists a folder.
  package typealias List = (_ path: String) throws(FileError) -> [Folder.Entry]

  /// Lists the folder at `path`.
  ///
  /// - Throws: `DatasetError` for folders and links that cannot be read, pictures of other formats, pictures beside
  ///   folders of classes, and where there is no picture.
  package init(_ path: String, list: @escaping List = Folder.entries) throws(DatasetError) {
    let root = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    var scan = FolderScan(list: list)
    let top = try scan.top(root)
    let splits = top.folders.filter { Self.split($0) != nil }
    let isSplit =
      !splits.isEmpty
      && (splits.count == top.folders.count || splits.contains { Self.split($0) == .training })
    var found: [(kind: SourcePart.Kind, groups: [FolderScan.Group])] = []
    for kind in isSplit ? [SourcePart.Kind.training, .validation, .test] : [] {
      let folders = splits.filter { Self.split($0) == kind }
      guard folders.count <= 1 else {
        throw .folder(path: root, .twoFolders(folders.map(\.name)))
      }
      for folder in folders { found.append((kind, try scan.groups(in: scan.level(folder, in: top)))) }
    }
    if !isSplit { found = [(.all, try scan.groups(in: top))] }
    classNames = Set(found.flatMap { $0.groups.compactMap { $0.className } }).sorted(
      by: NaturalOrder.precedes)
    let labels = Dictionary(uniqueKeysWithValues: classNames.enumerated().map { ($1, $0) })
    parts = found.compactMap { kind, groups in
      let pictures = groups.flatMap { group in
        group.paths.map { Picture(path: $0, label: group.className.flatMap { labels[$0] }) }
      }
      return pictures.isEmpty ? nil : Part(kind: kind, pictures: pictures)
    }
    skipped = scan.skipped
    guard classNames.count <= SourceLabels.largest + 1 else {
      throw .folder(path: root, .tooManyClasses(classNames.count))
    }
    guard !parts.isEmpty else { throw .folder(path: root, .noPictures) }
  }
}

/// A walk through folders of pictures.
private struct FolderScan {
  /// A listed folder.
  struct Level {
    let path: String
    /// The folders that lead here, and this one.
    let trail: [[UInt64]]
    var folders: [Folder.Entry] = []
    var pictures: [String] = []
  }

  /// The pictures of a class, or those without one.
  struct Group {
    let className: String?
    var paths: [String]
  }

  let list: PictureFolder.List
  private(set) var skipped = 0
  private var listed = 0

  init(list: @escaping PictureFolder.List) { self.list = list }

  /// The folder itself or, where it holds but one folder with folders in it, as archives do, that one.
  mutating func top(_ root: String) throws(DatasetError) -> Level {
    var top = try level(root, trail: [])
    while top.pictures.isEmpty, top.folders.count == 1 {
      let inner = try level(top.folders[0], in: top)
      guard !inner.folders.isEmpty, PictureFolder.split(top.folders[0]) == nil else { break }
      top = inner
    }
    return top
  }

  /// The classes in a folder, or its pictures.
  mutating func groups(in level: Level) throws(DatasetError) -> [Group] {
    guard !level.folders.isEmpty else {
      return level.pictures.isEmpty ? [] : [Group(className: nil, paths: level.pictures)]
    }
    if let picture = level.pictures.first { throw .folder(path: picture, .besideFolders) }
    var groups: [Group] = []
    for folder in level.folders {
      var group = Group(className: folder.name, paths: [])
      try collect(self.level(folder, in: level), into: &group)
      if !group.paths.isEmpty { groups.append(group) }
    }
    return groups
  }

  /// Adds all pictures of a class, in sub-folders too.
  private mutating func collect(_ level: Level, into group: inout Group) throws(DatasetError) {
    group.paths += level.pictures
    for folder in level.folders { try collect(self.level(folder, in: level), into: &group) }
  }

  /// Lists a folder in another one.
  mutating func level(_ folder: Folder.Entry, in parent: Level) throws(DatasetError) -> Level {
    let path = "\(parent.path)/\(folder.name)"
    guard !parent.trail.contains(folder.identity) else { throw .folder(path: path, .loop) }
    return try level(path, trail: parent.trail + [folder.identity])
  }

  private mutating func level(_ path: String, trail: [[UInt64]]) throws(DatasetError) -> Level {
    listed += 1
    guard trail.count <= Self.deepest, listed <= Self.largestCount else {
      throw .folder(path: path, .tooManyFolders)
    }
    let entries: [Folder.Entry]
    do { entries = try list(path) } catch { throw .file(error) }
    var level = Level(path: path, trail: trail)
    for entry in entries {
      let ending = Self.ending(entry.name)
      let file = "\(path)/\(entry.name)"
      if entry.isFolder {
        level.folders.append(entry)
      } else if PictureReader.endings.contains(ending) {
        level.pictures.append(file)
      } else if PictureReader.otherEndings.contains(ending) {
        throw .picture(path: file, .otherFormat(ending.uppercased()))
      } else {
        skipped += 1
      }
    }
    return level
  }

  /// Tells whether a file is a picture by its name, of any format.
  static func isPicture(_ name: String) -> Bool {
    PictureReader.endings.contains(ending(name)) || PictureReader.otherEndings.contains(ending(name))
  }

  private static func ending(_ name: String) -> String {
    name.split(separator: ".").dropFirst().last.map { $0.lowercased() } ?? ""
  }

  /// The limits on the number of folders in each other, and in all: links may make them many.
  private static let deepest = 32
  private static let largestCount = 100_000
}

/// A fault of a folder of pictures.
public enum PictureFolderFault: Error, Sendable, Equatable {
  /// There is no picture.
  case noPictures
  /// There are more classes than labels.
  case tooManyClasses(Int)
  /// Two folders are the same split.
  case twoFolders([String])
  /// The picture stands beside folders of classes.
  case besideFolders
  /// The folder contains itself by a link.
  case loop
  /// There are more folders than people make, in each other or in all.
  case tooManyFolders
}

extension PictureFolderFault: CustomStringConvertible {
  /// A short message.
  public var description: String {
    switch self {
    case .noPictures: "no pictures (PNG, PGM, PPM or JPEG) in this folder"
    case .tooManyClasses(let count): "\(count) folders of classes; the limit is \(SourceLabels.largest + 1)"
    case .twoFolders(let names): "\(names.map(\.printable).joined(separator: " and ")) are the same split"
    case .besideFolders: "a picture beside folders of classes; its class is unclear"
    case .loop: "a link that leads back to a folder around it"
    case .tooManyFolders: "too many folders in each other, or in all"
    }
  }
}
