import Networks

/// One sample or several, each on its way through latent space, as a sheet of pictures or as an animation.
///
///     let film = Film(painter, [Film.Strip(label: "7", way: .traversal(rotation, from: seven))])
///     let gif = try GIF.encode(film.animation(frames: 36, delay: 10, scale: 4))
public struct Film {
  /// A sample on its way.
  public struct Strip: Sendable {
    /// What it is called.
    public var label: String
    /// The way that its pictures take.
    public var way: Way
    /// The sample that is shown transformed by the same values, if any.
    public var truth: Int?

    /// Describes a sample on its way.
    public init(label: String, way: Way, truth: Int? = nil) {
      (self.label, self.way, self.truth) = (label, way, truth)
    }
  }

  private let painter: Painter
  private let strips: [Strip]

  /// Shows at least one sample.
  public init(_ painter: Painter, _ strips: [Strip]) {
    precondition(!strips.isEmpty, "a film needs a sample")
    (self.painter, self.strips) = (painter, strips)
  }

  /// A row of `count` pictures for each sample, and below it one of what they should look like.
  public func sheet(count: Int, scale: Int, showsLabels: Bool = true) throws(FigureError) -> PixelImage {
    var (rows, labels): ([[PixelImage]], [String]) = ([], [])
    for strip in strips {
      let readings = strip.way.row(count)
      rows.append(painter.pictures(of: readings))
      labels.append(strip.label)
      if let sample = strip.truth, let truth = painter.truth(of: sample, at: readings) {
        rows.append(truth)
        labels.append("truth")
      }
    }
    return try ContactSheet(
      rows: rows, columnLabels: showsLabels ? strips[0].way.labels(count) : [],
      rowLabels: showsLabels ? labels : [], scale: scale
    ).image()
  }

  /// The samples side by side, each on its way, for ever; below each what it should look like.
  ///
  /// - Parameter delay: How long each frame is shown, in hundredths of a second.
  public func animation(frames count: Int, delay: Int, scale: Int) throws(FigureError) -> Animation {
    let pictures = strips.map { painter.pictures(of: $0.way.loop(count)) }
    let truths = strips.compactMap { strip in
      strip.truth.flatMap { painter.truth(of: $0, at: strip.way.loop(count)) }
    }
    var frames: [PixelImage] = []
    for index in 0..<count {
      let rows = [pictures, truths].filter { !$0.isEmpty }.map { strips in strips.map { $0[index] } }
      // Digits that turn need no frames around them.
      frames.append(try ContactSheet(rows: rows, scale: scale, gap: 0).image(frames: count))
    }
    return Animation(frames: frames, delay: delay)
  }
}
