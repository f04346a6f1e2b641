import Essentials
import Primitives
import Screen

extension SystemReport {
  /// The report as text, each line with a heading word.
  var table: String {
    let sections = [systemRows, terminalRows, variableRows, folderRows, dataRows, modelRows]
    return sections.map { $0.map(Self.line).joined(separator: "\n") }.joined(separator: "\n\n")
  }

  private typealias Row = (word: String, text: String)

  private static func line(_ row: Row) -> String {
    let word = row.word.printable
    let padding = String(repeating: " ", count: max(1, 25 - Glyph.columns(of: word)))
    return word + padding + row.text.printable
  }

  private var systemRows: [Row] {
    [
      ("latent-explorer", version + (system.isDebugBuild ? ", debug build" : "")),
      ("system", "\(system.name), \(system.kernel), \(system.architecture)"),
      ("processor", processor.name),
      ("kernels", "\(processor.variant) of \(processor.variants.joined(separator: ", "))"),
      ("threads", "\(processor.threads)"),
    ]
  }

  private var terminalRows: [Row] {
    let streams = [
      ("input", terminal.hasInput), ("output", terminal.hasOutput), ("errors", terminal.hasErrors),
    ]
    let others = streams.filter { !$0.1 }.map(\.0)
    var extent = "unknown"
    if let columns = terminal.columns, let rows = terminal.rows { extent = "\(columns)×\(rows)" }
    let substitute = terminal.drawnAs.map { [("drawn as", $0)] } ?? []
    return [
      ("terminal", "\(terminal.type ?? "TERM is not set"), \(extent), \(terminal.colors) colours")
    ] + substitute + [
      ("no terminal", others.isEmpty ? "none of input, output, errors" : others.joined(separator: ", ")),
      ("explorer", terminal.fault ?? "would open"),
      ("locale", "\(terminal.locale), \(terminal.codeset)"),
      ("drawn by", terminal.library),
      ("drawn with", "\(drawing.characters), colours: \(drawing.colors)"),
      ("pictures", drawing.pictures),
      ("charts", drawing.charts),
    ]
  }

  private var variableRows: [Row] {
    variables.map { ($0.name, $0.value.map { value in "'\(value)'" } ?? "not set") }
  }

  private var folderRows: [Row] {
    let absent = "none, as HOME is not set"
    return [
      ("current folder", folders.current), ("data in", folders.data ?? absent),
      ("models in", folders.models ?? absent), ("drawings in", folders.drawings ?? absent),
      ("state in", folders.state ?? absent),
    ]
  }

  private var dataRows: [Row] {
    data.map { set in
      let place = set.folder ?? "built in"
      guard let training = set.training, let test = set.test else {
        return ("data \(set.name)", set.fault ?? "unknown")
      }
      return ("data \(set.name)", "\(training) training and \(test) test images, \(place)")
    }
  }

  private var modelRows: [Row] {
    models.map { model in
      let place = model.isBundled ? " (bundled)" : ""
      let parts = [model.coordinates, model.encoder, model.decoder].compactMap { $0 }
      return ("model \(model.name)", model.fault ?? parts.joined(separator: " · ") + place)
    }
  }
}
