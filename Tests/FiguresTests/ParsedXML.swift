import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A parsed XML document: names and attributes of elements, and their text.
final class ParsedXML: NSObject, XMLParserDelegate {
  private(set) var names: [String] = []
  private(set) var attributes: [[String: String]] = []
  private(set) var text = ""

  /// Parses text, which must be sound.
  static func parse(_ text: String) throws -> ParsedXML {
    let (found, parser) = (ParsedXML(), XMLParser(data: Data(text.utf8)))
    parser.delegate = found
    try #require(parser.parse(), "\(String(describing: parser.parserError))")
    return found
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    names.append(name)
    self.attributes.append(attributes)
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
}
