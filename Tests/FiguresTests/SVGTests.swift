import Formats
import Testing

@testable import Figures

@Suite struct SVGTests {
  private var diagram: Diagram {
    var diagram = Diagram(width: 60, height: 40, title: "a < b & \"c\" > 'd'\u{0}\u{1B}[31m\u{FFFE}")
    diagram.add(.line([.init(0, 1.5), .init(20, 0.125)], .kind(3), width: 2))
    diagram.add(.disc(.init(30, 20), radius: 5, .kind(13)))
    diagram.add(.ring(.init(10, 30), radius: 4, .faint))
    diagram.add(.text("<script>&amp;", .init(1, 2), .end, .text))
    return diagram
  }

  @Test func theTextIsSoundXML() throws {
    let found = try ParsedXML.parse(SVG.encode(diagram))
    #expect(found.names == ["svg", "title", "style", "rect", "polyline", "circle", "circle", "text"])
    #expect(found.text.contains("a < b & \"c\" > 'd'\u{FFFD}\u{FFFD}[31m\u{FFFD}"))
    #expect(found.text.contains("<script>&amp;"))
    #expect(found.attributes[4]["points"] == "0,1.5 20,0.13")
    #expect(found.attributes[7]["text-anchor"] == "end")
  }

  @Test func colorsFollowTheViewerByDefault() throws {
    let (both, dark) = (SVG.encode(diagram), SVG.encode(diagram, theme: .dark))
    #expect(both.contains("prefers-color-scheme:dark") && !dark.contains("prefers-color-scheme"))
    #expect(both.contains(".ground{fill:#ffffff}") && !dark.contains("#ffffff"))
    // Kinds 3 and 13 are one colour, which is named once in each theme.
    #expect(dark.components(separatedBy: ".kind3{color:").count == 2)
    #expect(both.components(separatedBy: ".kind3{color:").count == 3)
  }

  @Test func nonFinitePointsAreOmitted() throws {
    var diagram = Diagram(width: 10, height: 10, title: "")
    diagram.add(.disc(.init(.nan, 1), radius: 1, .text))
    diagram.add(.line([.init(0, 0), .init(.infinity, 1)], .text, width: 1))
    diagram.add(.text("far", .init(1e300, 0), .start, .text))
    #expect(diagram.elements.isEmpty)
  }

  @Test func rasterAndVectorAgree() throws {
    let image = try diagram.image(scale: 2, theme: .dark)
    #expect(image.width == 120 && image.height == 80)
    func color(_ x: Int, _ y: Int) -> PixelImage.RGB {
      let start = 3 * (y * 120 + x)
      return .init(image.bytes[start], image.bytes[start + 1], image.bytes[start + 2])
    }
    #expect(color(60, 40) == DiagramTheme.dark.color(.kind(3)))
    #expect(color(100, 70) == DiagramTheme.dark.background)
    // A ring is open in the middle.
    #expect(color(20, 60) == DiagramTheme.dark.background && color(28, 60) == DiagramTheme.dark.color(.faint))
    #expect(throws: FigureError.tooLarge(width: 64_000, height: 64_000, frames: 1)) {
      try Diagram(width: 1000, height: 1000, title: "").image(scale: 64, theme: .light)
    }
  }
}
