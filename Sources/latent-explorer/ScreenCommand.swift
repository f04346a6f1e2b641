import ArgumentParser
import Explorer
import Foundation
import Screen

/// Prints the explorer's screen as text, after some keys.
struct ScreenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "screen", abstract: "Print the explorer's screen as text, after some keys.",
    discussion: """
      Examples:
        latent-explorer screen --size 80x24 --color none
        latent-explorer screen --size 100x30 --keys "Right*9 n" --color 256

      Nothing is trained or written; keys that would do so have no effect.
      """)

  @Option(help: ArgumentHelp("Columns and rows.", valueName: "80x24"))
  var size = ScreenSize(Size(width: 80, height: 24))

  @Option(help: ArgumentHelp("Keys to press first, such as \"Right*3 n\".", valueName: "text"))
  var keys = ""

  @Option(help: "Colours: '256', '8' or 'none'.")
  var color = ColorChoice.none

  @OptionGroup var options: ExplorerOptions

  func validate() throws {
    do {
      _ = try KeyScript.parse(keys)
    } catch {
      throw ValidationError("--keys: \(error)")
    }
  }

  func run() throws {
    try reportingFailures {
      let capabilities = Capabilities(colors: color.depth, unicode: !options.ascii)
      var state = try ExplorerSetup(options)
        .state(size: size.size, capabilities: capabilities, startsTraining: false)
      for key in try KeyScript.parse(keys) { _ = state.update(.key(key)) }
      var canvas = Canvas(size: size.size)
      state.draw(into: &canvas)
      let text =
        color == .none
        ? ScreenText.plain(canvas, unicode: !options.ascii)
        : ScreenText.styled(canvas, capabilities: capabilities)
      try writeToStandardOutput(text)
    }
  }
}

/// A size on the command line, such as `80x24`.
struct ScreenSize: ExpressibleByArgument {
  let size: Size

  init(_ size: Size) {
    self.size = size
  }

  init?(argument: String) {
    let parts = argument.split(separator: "x", omittingEmptySubsequences: false).compactMap { Int($0) }
    guard parts.count == 2, parts.allSatisfy({ (1...1000).contains($0) }) else { return nil }
    size = Size(width: parts[0], height: parts[1])
  }

  var defaultValueDescription: String { "\(size.width)x\(size.height)" }
}

/// The colours of `--color`.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case many = "256"
  case eight = "8"
  case none

  var depth: ColorDepth {
    switch self {
    case .many: .many
    case .eight: .eight
    case .none: .none
    }
  }
}
