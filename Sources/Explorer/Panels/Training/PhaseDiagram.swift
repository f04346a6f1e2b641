import Coordinates
import Networks
import Screen
import Training

/// Diagram of a phase: its input and the parts that learn.
///
///     upright ─▶[backbone]─┬─▶(rotation head)   θ = 0 ─┬─▶[decoder]─▶ upright
///                          └─▶[latent head]───▶ z ─────┘
///
/// Parts in square brackets learn, parts in round brackets are frozen. Narrow screens use short names.
struct PhaseDiagram {
  let phase: Phase
  let schema: CoordinateSchema
  let headName: String
  /// Symbol of the rotation.
  var rotationSymbol = "θ"

  private struct Piece {
    var text: String
    var style: Style
  }

  /// Number of lines that `draw` needs for a width in columns.
  func height(width: Int) -> Int { lines(width: width).count }

  /// Draws the diagram in two lines, or only the parts in one line if it is too wide.
  func draw(on canvas: inout Canvas, in region: Rectangle) {
    let lines = region.height >= 2 ? lines(width: region.width) : [shortest(width: region.width)]
    for (index, line) in lines.enumerated() where index < region.height {
      var rest = region.line(index)
      for piece in line {
        let used = canvas.put(piece.text, in: rest, piece.style)
        rest = rest.split(left: used.count).rest
      }
    }
  }

  private func lines(width: Int) -> [[Piece]] {
    for names in [(headName, "latent head"), (shortHeadName, "z head")] {
      let whole = whole(headName: names.0, latentHeadName: names.1)
      if Self.width(whole[0]) <= width { return whole }
    }
    return [shortest(width: width)]
  }

  private func shortest(width: Int) -> [Piece] {
    let named = parts(shortHeadName, "z head")
    return Self.width(named) <= width ? named : parts(codeName, "z")
  }

  private static func width(_ line: [Piece]) -> Int { line.reduce(0) { $0 + $1.text.count } }

  private var shortHeadName: String {
    schema.typed.count == 1 ? "\(symbol(schema.typed[0])) head" : "heads"
  }

  private func parts(_ head: String, _ latentHead: String) -> [Piece] {
    [
      box("backbone", .backbone), Piece(text: " ", style: .standard), box(head, .typedHeads),
      Piece(text: " ", style: .standard), box(latentHead, .latentHead), Piece(text: " ", style: .standard),
      box("decoder", .decoder),
    ]
  }

  private func whole(headName: String, latentHeadName: String) -> [[Piece]] {
    let backbone = box("backbone", .backbone)
    let head = box(headName, .typedHeads)
    let latentHead = box(latentHeadName, .latentHead)
    // The decoder receives the head's output only if its codes are decoded.
    let arrow = codesAreRead ? "──▶ " : "    "
    let upper = arrow + codeText
    let fill = String(repeating: "─", count: max(0, head.text.count - latentHead.text.count))
    let lower = "──▶ z"
    let length = max(upper.count, lower.count)
    let start = " \(inputText) ─▶"
    return [
      [
        Piece(text: start, style: .standard), backbone, Piece(text: "─┬─▶", style: .faint), head,
        Piece(text: upper + " ", style: .standard),
        Piece(text: String(repeating: "─", count: length - upper.count) + "─┬─▶", style: .faint),
        box("decoder", .decoder), Piece(text: "─▶ \(targetText)", style: .standard),
      ],
      [
        Piece(text: String(repeating: " ", count: start.count + backbone.text.count), style: .standard),
        Piece(text: " └─▶", style: .faint), latentHead, Piece(text: fill, style: .faint),
        Piece(text: lower + " ", style: .standard),
        Piece(text: String(repeating: "─", count: length - lower.count) + "─┘", style: .faint),
      ],
    ]
  }

  private func box(_ name: String, _ part: NetworkPart) -> Piece {
    phase.plan.learning.contains(part)
      ? Piece(text: "[\(name)]", style: .selected) : Piece(text: "(\(name))", style: .faint)
  }

  private var codesAreRead: Bool { phase.plan.groups.contains { $0.code == .encoded } }

  /// Name of the transform, shorter if it is only a rotation.
  private var transformed: String {
    schema.typed.count == 1 && schema.index(of: .rotation) != nil ? "turned" : "moved"
  }

  private var codeName: String { schema.typed.count == 1 ? symbol(schema.typed[0]) : "codes" }

  private func symbol(_ coordinate: Coordinate) -> String {
    coordinate.meaning == .rotation ? rotationSymbol : coordinate.meaning.descriptor.symbol
  }

  private var inputText: String {
    let forms = Set(phase.plan.groups.map(\.input))
    return forms.count > 1 ? "upright or \(transformed)" : forms == [.upright] ? "upright" : transformed
  }

  private var targetText: String {
    phase.plan.groups.allSatisfy { $0.target == .upright } ? "upright" : transformed
  }

  private var codeText: String {
    let sources = Set(phase.plan.groups.map(\.code))
    if sources == [.encoded] { return "\(codeName) as read" }
    if sources.count > 1 { return "\(codeName), true or read" }
    return phase.plan.groups.allSatisfy { $0.target == .upright } ? "no turn" : "true \(codeName)"
  }
}
