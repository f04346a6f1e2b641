import ArgumentParser
import Coordinates
import Figures
import Formats
import Libraries
import Networks
import Training

/// Draws rotating images.
struct RenderTurnCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "turn", abstract: "Images turning a full turn, side by side, as GIF.",
    usage: "latent-explorer render turn --output <file> [<options>]",
    discussion: """
      Examples:
        latent-explorer render turn --classes 7,3,9 --output turning.gif
        latent-explorer render turn --data digits --smooth --truth --output smooth.gif
      """)

  @OptionGroup var figure: FigureOptions
  @OptionGroup var sources: SourceOptions
  @OptionGroup var choice: SampleOptions
  @OptionGroup var playback: PlaybackOptions
  @OptionGroup var enlargement: ScaleOptions

  @Flag(help: "Below each, the sample itself, rotated.")
  var truth = false

  func validate() throws { _ = try figure.kind(of: .gif) }

  func run() throws {
    try reportingFailures {
      let source = try FigureSource(sources)
      let numbers = try choice.numbers(in: source, otherwise: [7, 3, 9])
      let filmstrip = try source.filmstrip(numbers, along: "rotation", truth: truth)
      try figure.write(
        filmstrip.animation(
          frames: playback.frameCount, delay: playback.hundredths, scale: enlargement.scale))
    }
  }
}

/// Draws one sample of each class at even angles.
struct RenderGridCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grid", abstract: "A sample of each class at even angles, as PNG.",
    usage: "latent-explorer render grid --output <file> [<options>]",
    discussion: """
      Examples:
        latent-explorer render grid --output grid.png
        latent-explorer render grid --model article --angles 12 --output grid.png
      """)

  @OptionGroup var figure: FigureOptions
  @OptionGroup var sources: SourceOptions
  @OptionGroup var choice: SampleOptions
  @OptionGroup var enlargement: ScaleOptions

  @Option(help: ArgumentHelp("Number of angles, from 0° for a full rotation.", valueName: "n"))
  var angles = 8

  @Flag(help: "Below each row, the sample itself, rotated.")
  var truth = false

  @Flag(help: "Pictures without labels.")
  var noLabels = false

  func validate() throws {
    _ = try figure.kind(of: .png)
    guard (2...360).contains(angles) else {
      throw ValidationError("--angles takes a whole number from 2 to 360.")
    }
  }

  func run() throws {
    try reportingFailures {
      let source = try FigureSource(sources)
      let numbers = try choice.numbers(in: source, otherwise: source.firstOfEachClass)
      let filmstrip = try source.filmstrip(numbers, along: "rotation", truth: truth)
      try figure.write(filmstrip.sheet(count: angles, scale: enlargement.scale, showsLabels: !noLabels))
    }
  }
}

/// Draws one coordinate over its range.
struct RenderTraversalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "traversal",
    abstract: "A latent traversal: one coordinate or all over their ranges, as PNG or GIF.",
    usage: "latent-explorer render traversal --along <name> -o <file> [<options>]",
    discussion: """
      Examples:
        latent-explorer render traversal --along z1 --classes 2,7 --output z1.png
        latent-explorer render traversal --model four-coordinates --along scale \\
          --at rotation=30 --output scale.gif
        latent-explorer render traversal --along all --output latents.png

      A free latent goes from the 1st to the 99th percentile of the data; in a GIF everything but a full turn
      goes to the end and back. --along all draws a row for each coordinate, with the sample in the middle.
      """)

  @OptionGroup var figure: FigureOptions
  @OptionGroup var sources: SourceOptions
  @OptionGroup var choice: SampleOptions
  @OptionGroup var playback: PlaybackOptions
  @OptionGroup var enlargement: ScaleOptions

  @Option(
    help: ArgumentHelp(
      "The coordinate: \(Coordinate.Meaning.names.joined(separator: ", ")), z1, …, or all.",
      valueName: "name"),
    completion: .list(["all"] + Coordinate.Meaning.names + (1...16).map { "z\($0)" }))
  var along: String

  @Option(help: ArgumentHelp("Values of other coordinates, such as rotation=30,z2=1.5.", valueName: "list"))
  var at: String?

  @Option(help: ArgumentHelp("Pictures in a row of a PNG.", valueName: "n"))
  var steps = 9

  @Flag(help: "Below each row, the sample itself, transformed.")
  var truth = false

  @Flag(help: "Pictures without labels.")
  var noLabels = false

  func validate() throws {
    _ = try isSheet ? figure.kind(of: .png) : figure.kind(of: .png, .gif)
    try validateSteps(steps)
    if isSheet, steps % 2 == 0 {
      throw ValidationError("--steps takes an odd number with --along all: the sample is in the middle.")
    }
    if isSheet, truth { throw ValidationError("--truth needs one coordinate, not --along all.") }
  }

  /// True for a row of each coordinate.
  private var isSheet: Bool { along == "all" }

  func run() throws {
    try reportingFailures {
      let source = try FigureSource(sources)
      let numbers = try choice.numbers(in: source, otherwise: [0])
      if isSheet {
        let sheet = try source.sheet(numbers, at: at)
        try figure.write(sheet.sheet(count: steps, scale: enlargement.scale, showsLabels: !noLabels))
        return
      }
      let filmstrip = try source.filmstrip(numbers, along: along, at: at, truth: truth)
      try figure.write(filmstrip, steps: steps, playback, enlargement, showsLabels: !noLabels)
    }
  }
}

/// Draws the interpolation between two samples.
struct RenderInterpolationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "interpolation", abstract: "The interpolation between two samples, as PNG or GIF.",
    usage: "latent-explorer render interpolation -o <file> <options>",
    discussion: """
      Examples:
        latent-explorer render interpolation --classes 3,8 --output way.png
        latent-explorer render interpolation --samples 0,1 --smooth --output way.gif

      Angles go along the shorter arc. A GIF goes to the other sample and back.
      """)

  @OptionGroup var figure: FigureOptions
  @OptionGroup var sources: SourceOptions
  @OptionGroup var choice: SampleOptions
  @OptionGroup var playback: PlaybackOptions
  @OptionGroup var enlargement: ScaleOptions

  @Option(help: ArgumentHelp("Values of coordinates at the start, such as rotation=30.", valueName: "list"))
  var at: String?

  @Option(help: ArgumentHelp("Values of coordinates at the end.", valueName: "list"))
  var to: String?

  @Option(help: ArgumentHelp("Pictures in a row of a PNG.", valueName: "n"))
  var steps = 9

  @Flag(help: "Pictures without labels.")
  var noLabels = false

  func validate() throws {
    _ = try figure.kind(of: .png, .gif)
    try validateSteps(steps)
    guard choice.count == 2 else {
      throw ValidationError("--classes or --samples names the two ends, such as --classes 3,8.")
    }
  }

  func run() throws {
    try reportingFailures {
      let source = try FigureSource(sources)
      let numbers = try choice.numbers(in: source, otherwise: [])
      let painter = try source.painter
      var ends = numbers.map(painter.latentPoint)
      for (index, text) in [at, to].enumerated() {
        if let text { try ends[index].set(text, in: source.model) }
      }
      let names = numbers.map(source.samples.label)
      let path = LatentPath.interpolation(source.model.architecture.schema, from: ends[0], to: ends[1])
      let filmstrip = Filmstrip(painter, [Filmstrip.Row(label: "\(names[0]) > \(names[1])", path: path)])
      try figure.write(filmstrip, steps: steps, playback, enlargement, showsLabels: !noLabels)
    }
  }
}

private func validateSteps(_ steps: Int) throws {
  guard (2...1000).contains(steps) else {
    throw ValidationError("--steps takes a whole number from 2 to 1000.")
  }
}

extension FigureOptions {
  /// Writes a contact sheet or an animation, by the file's suffix.
  fileprivate func write(
    _ filmstrip: Filmstrip, steps: Int, _ playback: PlaybackOptions, _ enlargement: ScaleOptions,
    showsLabels: Bool
  ) throws {
    switch try kind(of: .png, .gif) {
    case .gif:
      try write(
        filmstrip.animation(frames: playback.frameCount, delay: playback.hundredths, scale: enlargement.scale)
      )
    case .png, .svg:
      try write(filmstrip.sheet(count: steps, scale: enlargement.scale, showsLabels: showsLabels))
    }
  }
}

extension FigureSource {
  /// Samples along every coordinate; coordinates in `at` have the values given there.
  fileprivate func sheet(_ numbers: [Int], at: String?) throws -> LatentSheetFigure {
    let painter = try painter
    let points = try numbers.map { number in
      var point = painter.latentPoint(of: number)
      if let at { try point.set(at, in: model) }
      return (label: samples.label(at: number), point: point)
    }
    return LatentSheetFigure(painter, model, points)
  }

  /// Samples along a coordinate; other coordinates are given by `at` or those of the samples.
  fileprivate func filmstrip(
    _ numbers: [Int], along name: String, at: String? = nil, truth: Bool
  ) throws -> Filmstrip {
    let coordinate = try NamedCoordinate.named(name, in: model)
    if truth {
      guard coordinate.isTyped else {
        throw Failure("--truth: \(name) is a free latent, which has no truth")
      }
      try requireImages()
    }
    let painter = try painter
    let strips = try numbers.map { number in
      var point = painter.latentPoint(of: number)
      if let at { try point.set(at, in: model) }
      return Filmstrip.Row(
        label: samples.label(at: number), path: .traversal(coordinate, from: point),
        truth: truth ? number : nil)
    }
    return Filmstrip(painter, strips)
  }
}
