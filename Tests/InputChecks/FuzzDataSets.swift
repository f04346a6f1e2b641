import Datasets
import Formats
import Primitives

/// A PGM or PPM picture fills its size, and written again as binary it is the same; more is refused.
func fuzzPNM(_ bytes: [UInt8]) throws(BrokenPromise) -> Bool {
  let limit = 1 << 16
  let picture: PixelImage
  do { picture = try PNMReader.image(bytes, pixelLimit: limit) } catch {
    try promise(error.description == error.description.printable, "the refusal \(error) steers a terminal")
    return false
  }
  try promise(
    picture.width * picture.height <= limit, "\(picture.width)×\(picture.height) are too many pixels")
  let kind = picture.colors == .grey ? "P5" : "P6"
  let written = Array("\(kind) \(picture.width) \(picture.height) 255\n".utf8) + picture.bytes
  try promise(
    (try? PNMReader.image(written, pixelLimit: limit)) == picture, "written again it is another picture")
  // On a line of its own, as what follows in the last line may be part of a comment.
  try promise(
    (try? PNMReader.image(bytes + Array("\nx".utf8), pixelLimit: limit)) == nil, "more makes no difference")
  return true
}

/// A table has labels for all rows or none, and its rows are the same in each reading.
func fuzzTable(_ bytes: [UInt8]) throws(BrokenPromise) -> Bool {
  let key = [nil, "first", "last", "none"][bytes.count % 4]
  let table: PixelTable
  do throws(DatasetError) {
    table = try PixelTable("file", key: key) { _ throws(FileError) in ByteStream(bytes, path: "file") }
  } catch {
    try checkSentence(error.description)
    return false
  }
  try promise(
    table.count > 0 && table.labels.map { $0.count == table.count } != false, "labels for some rows")
  var rows: [[Float]] = []
  do throws(DatasetError) {
    try table.readPixels(nil) { _, pixels throws(DatasetError) in rows.append(Array(pixels)) }
  } catch { throw BrokenPromise("the second reading is refused: \(error)") }
  try promise(rows.count == table.count, "\(rows.count) of \(table.count) rows")
  try promise(rows.allSatisfy { $0.count == table.valueCount }, "rows of other lengths")
  let all = rows.joined()
  try promise(all.min() == table.smallest && all.max() == table.largest, "the range is another one")
  var last: [[Float]] = []
  do throws(DatasetError) {
    try table.readPixels([table.count - 1]) { _, pixels throws(DatasetError) in last.append(Array(pixels)) }
  } catch { throw BrokenPromise("the last row is refused: \(error)") }
  try promise(last == [rows[table.count - 1]], "the last row by itself is another one")
  return true
}

/// A folder's pictures are listed once each, with labels that have names, and dot names are left out.
///
/// In `bytes`, each line is the path of a file, of a folder where it ends in a slash, or a link where it has `=` and
/// the path of a folder.
func fuzzFolder(_ bytes: [UInt8]) throws(BrokenPromise) -> Bool {
  let tree = FolderTree(String(decoding: bytes.prefix(2000), as: UTF8.self))
  let list = { @Sendable (path: String) throws(FileError) -> [Folder.Entry] in try tree.entries(path) }
  let folder: PictureFolder
  do throws(DatasetError) { folder = try PictureFolder("file", list: list) } catch {
    try checkSentence(error.description)
    return false
  }
  let pictures = folder.parts.flatMap(\.pictures)
  try promise(
    !folder.parts.isEmpty && folder.parts.allSatisfy { !$0.pictures.isEmpty }, "a part without pictures")
  try promise(Set(pictures.map(\.path)).count == pictures.count, "a picture is listed twice")
  for picture in pictures {
    try promise(picture.label.map(folder.classNames.indices.contains) != false, "\(picture) has no class")
    try promise(!picture.path.contains("/."), "\(picture.path) is hidden")
  }
  let sorted = folder.classNames.sorted(by: NaturalOrder.precedes)
  try promise(
    folder.classNames == sorted && Set(sorted).count == sorted.count, "classes \(folder.classNames)")
  return true
}

/// Files and folders as lines of text name them.
private struct FolderTree {
  /// The numbers of the entries of each folder, by name; nil for files.
  private var folders: [[String: Int]?] = [[:]]

  init(_ text: String) {
    for line in text.split(separator: "\n").prefix(100) {
      let sides = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let place = add(sides[0], isFolder: sides[0].hasSuffix("/") || sides.count == 2, in: 0)
      guard sides.count == 2, let (parent, name) = place else { continue }
      let target = number(of: sides[1].split(separator: "/").map(String.init)) ?? 0
      folders[parent]?[name] = target
    }
  }

  /// Adds an entry with the folders around it; returns its folder and name.
  private mutating func add(_ path: Substring, isFolder: Bool, in root: Int) -> (Int, String)? {
    let names = path.split(separator: "/").map(String.init)
    guard names.count <= 8, let last = names.last else { return nil }
    var folder = root
    for (depth, name) in names.enumerated() {
      guard let entries = folders[folder] else { return nil }
      let isLast = depth == names.count - 1
      if entries[name] == nil {
        let number = folders.count
        folders.append(isLast && !isFolder ? nil : [:])
        folders[folder]?[name] = number
      }
      if isLast { return (folder, last) }
      folder = folders[folder]?[name] ?? 0
    }
    return nil
  }

  private func number(of names: [String]) -> Int? {
    names.reduce(0 as Int?) { folder, name in folder.flatMap { folders[$0]?[name] } }
  }

  func entries(_ path: String) throws(FileError) -> [Folder.Entry] {
    let names = path.split(separator: "/").dropFirst().map(String.init)
    guard let number = number(of: names), let entries = folders[number] else {
      throw .refused(.open, path: path, code: 2)
    }
    return entries.keys.filter { !$0.hasPrefix(".") }.sorted(by: NaturalOrder.precedes).map { name in
      let entry = entries[name] ?? 0
      return Folder.Entry(name: name, isFolder: folders[entry] != nil, identity: [1, UInt64(entry)])
    }
  }
}

private func checkSentence(_ sentence: String) throws(BrokenPromise) {
  try promise(sentence == sentence.printable, "the refusal \(sentence.debugDescription) steers a terminal")
  try promise(sentence.hasPrefix("file"), "the refusal \(sentence) does not name the file")
}
