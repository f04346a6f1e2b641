import Formats
import Networks

/// Latent paths drawn as a sheet of pictures or as an animation.
///
///     let row = Filmstrip.Row(label: "7", path: .traversal(rotation, from: seven))
///     let filmstrip = Filmstrip(painter, [row])
///     let gif = try GIF.encode(filmstrip.animation(frames: 36, delay: 10, scale: 4))
public struct Filmstrip {
  /// A latent path with its label.
  public struct Row: Sendable {
    /// The label, the sample's class for instance.
    public var label: String
    /// The latent points to draw.
    public var path: LatentPath
    /// The sample whose transformed image is drawn as the truth beside each picture; optional.
    public var truth: Int?

    /// Creates a row.
    public init(label: String, path: LatentPath, truth: Int? = nil) {
      (self.label, self.path, self.truth) = (label, path, truth)
    }
  }

  private let painter: Painter
  private let entries: [Row]

  /// Creates a filmstrip of at least one row.
  public init(_ painter: Painter, _ rows: [Row]) {
    precondition(!rows.isEmpty, "a filmstrip needs a row")
    (self.painter, entries) = (painter, rows)
  }

  /// Draws `count` pictures of each row, with the truth below each row that has one.
  public func sheet(count: Int, scale: Int, showsLabels: Bool = true) throws(FigureError) -> PixelImage {
    var (rows, labels): ([[PixelImage]], [String]) = ([], [])
    for entry in entries {
      let points = entry.path.row(count)
      rows.append(painter.pictures(of: points))
      labels.append(entry.label)
      if let sample = entry.truth, let truth = painter.truth(of: sample, at: points) {
        rows.append(truth)
        labels.append("truth")
      }
    }
    return try ContactSheet(
      rows: rows, columnLabels: showsLabels ? entries[0].path.labels(count) : [],
      rowLabels: showsLabels ? labels : [], scale: scale
    ).image()
  }

  /// Draws an endless animation with the rows side by side, the truth below each.
  ///
  /// - Parameter delay: the duration of a frame, in hundredths of a second.
  public func animation(frames count: Int, delay: Int, scale: Int) throws(FigureError) -> Animation {
    let pictures = entries.map { painter.pictures(of: $0.path.loop(count)) }
    let truths = entries.compactMap { entry in
      entry.truth.flatMap { painter.truth(of: $0, at: entry.path.loop(count)) }
    }
    var frames: [PixelImage] = []
    for index in 0..<count {
      let rows = [pictures, truths].filter { !$0.isEmpty }.map { rows in rows.map { $0[index] } }
      // Pictures in motion need no gaps between them.
      frames.append(try ContactSheet(rows: rows, scale: scale, gap: 0).image(frames: count))
    }
    return Animation(frames: frames, delay: delay)
  }
}
