import Foundation
import TestSupport
import Testing

/// The documents: their links, the tables that repeat what the code says, and the size of the front page.
@Suite struct DocumentTests {
  private static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: Document.package.appendingPathComponent(path).path)
  }

  @Test func everyRelativeLinkPointsToAFileAndAHeading() throws {
    let documents = try Document.all()
    try #require(documents.count >= 15)
    #expect(documents.reduce(0) { $0 + DocumentLinks.links(of: $1).count } >= 50)
    #expect(DocumentLinks.faults(in: documents, exists: Self.exists) == [])
  }

  /// Catalogs' first pages are for DocC, which shows them by itself.
  @Test func everyDocumentIsReachedFromTheFrontPage() throws {
    let documents = try Document.all()
    let unreached = DocumentLinks.unreached(from: Document.readme, in: documents)
    let firstPages = documents.filter { $0.text.hasPrefix("# ``") }.map(\.path)
    #expect(unreached.filter { !firstPages.contains($0) } == [])
  }

  @Test func theFrontPageHasAtMostTenKilobytes() throws {
    #expect(try Document(Document.readme).text.utf8.count <= 10_000)
  }

  @Test func theModuleTableHasEveryModule() throws {
    let text = try Document(Document.architecture).text
    let section = try #require(text.split(separator: "\n## ").first { $0.hasPrefix("Modules\n") })
    let modules = section.matches(of: /(?m)^\| `([^`]+)` \|/).map { String($0.1) }
    let tree = try SourceTree(folder: SourceTree.packageSources)
    #expect(modules.count == Set(modules).count)
    #expect(Set(modules) == Set(tree.files.map(\.module)))
  }

  /// Articles on the code name types, functions and files that are there.
  @Test(arguments: [Document.architecture, Document.kernels]) func articlesNameExistingCode(
    path: String
  )
    throws
  {
    let tree = try SourceTree(folder: SourceTree.packageSources)
    let words = Set(
      tree.files.flatMap { file in
        file.lines.flatMap { $0.split { !$0.isLetter && !$0.isNumber && $0 != "_" } }
      })
    let text = try Document(path).text
    let names = text.matches(of: /`([A-Za-z][\w.]*)`/).map { String($0.1) }.filter { !$0.hasSuffix(".swift") }
      .filter { !Self.otherNames.contains($0) }
    let files = text.matches(of: /`([\w\/+-]+\.swift)`/).map { String($0.1) }
    #expect(names.count >= 10 && files.count >= 1)
    for name in names where !Self.folders(of: tree).contains(name) {
      #expect(name.split(separator: ".").allSatisfy { words.contains($0) }, "\(path) names \(name)")
    }
    for file in files {
      #expect(tree.files.contains { "/\($0.path)".hasSuffix("/\(file)") }, "\(path) names \(file)")
    }
  }

  /// Names in articles that are not in the sources.
  private static let otherNames: Set = ["Sources", "TypedAutoencoders", "assets"]

  /// The modules and the folders that group them.
  private static func folders(of tree: SourceTree) -> Set<String> {
    Set(tree.files.flatMap { [$0.module, String($0.path.prefix { $0 != "/" })] })
  }

  @Test func theGlossaryDefinesEachTermOnce() throws {
    let text = try Document(Document.glossary).text
    let sections = text.split(separator: "\n## ").dropFirst().map { section in
      section.matches(of: /(?m)^\| ([^|]+) \| ([^|]+) \|$/).map { String($0.1) }
        .filter { $0 != "term" && $0 != "---" }
    }
    let terms = sections.flatMap(\.self).flatMap { $0.components(separatedBy: ", ") }
    #expect(terms.count >= 80)
    #expect(terms.count == Set(terms).count)
    for terms in sections { #expect(terms == terms.sorted { $0.lowercased() < $1.lowercased() }) }
    for term in ["encoder", "latent", "code", "head", "recipe", "phase", "preset", "steering error"] {
      #expect(terms.contains(term))
    }
  }

  @Test func brokenLinksAreFound() {
    let one = Document(
      path: "A/One.md",
      text: """
        # One
        ## Two words, and `code`
        ## Same
        ## Same
        [a](Two.md) [b](../B/Three.md#top) [c](#two-words-and-code) [d](#same-1) [e](https://x.org/y)
        [f](Missing.md) [g](#same-2) <img src="../pictures/none.svg"> [h](../../out.md) [i](Two.md#gone)
        `[j](Code.md)`

            [k](Code.md)
        """)
    let two = Document(path: "A/Two.md", text: "# Two\n```\n# Gone\n```\n")
    let three = Document(path: "B/Three.md", text: "### Top\n[back](../A/One.md)\n")
    let documents = [one, two, three, Document(path: "Lost.md", text: "")]
    let paths = Set(documents.map(\.path))
    let faults = DocumentLinks.faults(in: documents) { paths.contains($0) }
    #expect(
      faults == [
        "A/One.md:6: Missing.md points to no file", "A/One.md:6: #same-2 points to no heading",
        "A/One.md:6: ../../out.md points to no file", "A/One.md:6: Two.md#gone points to no heading",
        "A/One.md:6: ../pictures/none.svg points to no file",
      ])
    #expect(DocumentLinks.unreached(from: "B/Three.md", in: documents) == ["Lost.md"])
  }
}
